import { router, signedIn } from "../../trpc/init";
import { deleteFileInput, fileDoneView, fileView, getFileInput, setOwnPhotoInput } from "./contract";
import { deleteFile, getFile } from "./service";
import { setOwnPhoto } from "./service/own-photo";

export const filesRouter = router({
  // Under /api/v1 the bare address of a file gives its bytes.
  getFile: signedIn({ method: "GET", path: "/files/{id}/metadata", isForTokens: true })
    .input(getFileInput)
    .output(fileView)
    .query(({ ctx, input }) => getFile(ctx, input)),
  setOwnPhoto: signedIn({
    method: "PUT",
    path: "/users/me/photo",
    summary: "Set your photo from a picture that you have uploaded, or take it away",
  })
    .input(setOwnPhotoInput)
    .output(fileDoneView)
    .mutation(({ ctx, input }) => setOwnPhoto(ctx, input)),
  deleteFile: signedIn({ method: "DELETE", path: "/files/{id}" })
    .input(deleteFileInput)
    .output(fileDoneView)
    .mutation(({ ctx, input }) => deleteFile(ctx, input)),
});
