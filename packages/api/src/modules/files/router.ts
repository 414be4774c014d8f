import { router, signedIn } from "../../trpc/init";
import { deleteFileInput, fileDoneView, fileView, getFileInput } from "./contract";
import { deleteFile, getFile } from "./service";

export const filesRouter = router({
  // Under /api/v1 the bare address of a file gives its bytes.
  getFile: signedIn({ method: "GET", path: "/files/{id}/metadata", isForTokens: true })
    .input(getFileInput)
    .output(fileView)
    .query(({ ctx, input }) => getFile(ctx, input)),
  deleteFile: signedIn({ method: "DELETE", path: "/files/{id}" })
    .input(deleteFileInput)
    .output(fileDoneView)
    .mutation(({ ctx, input }) => deleteFile(ctx, input)),
});
