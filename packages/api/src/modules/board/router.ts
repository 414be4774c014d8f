import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  addCommentInput,
  boardView,
  commentPageView,
  commentView,
  deleteCommentInput,
  deletePostInput,
  doneView,
  draftPlaceInput,
  draftView,
  editCommentInput,
  editPostInput,
  getBoardInput,
  getPostInput,
  listCommentsInput,
  listPostsInput,
  listRecentPostsInput,
  listTrashInput,
  markPostReadInput,
  postLikeView,
  postPageView,
  postView,
  publishPostInput,
  recentPostView,
  restorePostInput,
  saveDraftInput,
  savedDraftView,
  savedPostView,
  setPostLikeInput,
  trashedPostView,
} from "./contract";
import { getBoard, listBoards } from "./service/boards";
import { addComment, deleteComment, editComment, listComments } from "./service/comments";
import { discardDraft, findDraft, saveDraft } from "./service/drafts";
import { setPostLike } from "./service/likes";
import { getPost, listPosts, listRecentPosts, markPostRead } from "./service/reading";
import { deletePost, listTrash, restorePost } from "./service/trash";
import { editPost, publishPost } from "./service/writing";

const nothing = z.strictObject({});

export const boardRouter = router({
  listBoards: allow("board.read", { method: "GET", path: "/board/boards" })
    .input(nothing)
    .output(z.array(boardView))
    .query(({ ctx }) => listBoards(ctx)),
  getBoard: allow("board.read")
    .input(getBoardInput)
    .output(boardView)
    .query(({ ctx, input }) => getBoard(ctx, input)),

  listPosts: allow("board.read", { method: "GET", path: "/board/boards/{boardId}/posts" })
    .input(listPostsInput)
    .output(postPageView)
    .query(({ ctx, input }) => listPosts(ctx, input)),
  listRecentPosts: allow("board.read", { method: "GET", path: "/board/recent-posts" })
    .input(listRecentPostsInput)
    .output(z.array(recentPostView))
    .query(({ ctx, input }) => listRecentPosts(ctx, input)),
  getPost: allow("board.read", { method: "GET", path: "/board/posts/{id}" })
    .input(getPostInput)
    .output(postView)
    .query(({ ctx, input }) => getPost(ctx, input)),
  markPostRead: allow("board.read", { method: "POST", path: "/board/posts/{id}/read", isBackground: true })
    .input(markPostReadInput)
    .output(doneView)
    .mutation(({ ctx, input }) => markPostRead(ctx, input)),

  publishPost: allow("board.post", { method: "POST", path: "/board/posts" })
    .input(publishPostInput)
    .output(savedPostView)
    .mutation(({ ctx, input }) => publishPost(ctx, input)),
  editPost: allow("board.post", { method: "PUT", path: "/board/posts/{id}" })
    .input(editPostInput)
    .output(savedPostView)
    .mutation(({ ctx, input }) => editPost(ctx, input)),
  deletePost: allow("board.post", { method: "DELETE", path: "/board/posts/{id}" })
    .input(deletePostInput)
    .output(doneView)
    .mutation(({ ctx, input }) => deletePost(ctx, input)),
  restorePost: allow("board.post", { method: "POST", path: "/board/posts/{id}/restore" })
    .input(restorePostInput)
    .output(doneView)
    .mutation(({ ctx, input }) => restorePost(ctx, input)),
  listTrash: allow("board.post", { method: "GET", path: "/board/boards/{boardId}/trash" })
    .input(listTrashInput)
    .output(z.array(trashedPostView))
    .query(({ ctx, input }) => listTrash(ctx, input)),

  listComments: allow("board.read", { method: "GET", path: "/board/posts/{postId}/comments" })
    .input(listCommentsInput)
    .output(commentPageView)
    .query(({ ctx, input }) => listComments(ctx, input)),
  addComment: allow("board.comment", { method: "POST", path: "/board/posts/{postId}/comments" })
    .input(addCommentInput)
    .output(commentView)
    .mutation(({ ctx, input }) => addComment(ctx, input)),
  editComment: allow("board.comment", { method: "PUT", path: "/board/comments/{id}" })
    .input(editCommentInput)
    .output(commentView)
    .mutation(({ ctx, input }) => editComment(ctx, input)),
  deleteComment: allow("board.comment", { method: "DELETE", path: "/board/comments/{id}" })
    .input(deleteCommentInput)
    .output(doneView)
    .mutation(({ ctx, input }) => deleteComment(ctx, input)),
  setPostLike: allow("board.read", { method: "POST", path: "/board/posts/{id}/like" })
    .input(setPostLikeInput)
    .output(postLikeView)
    .mutation(({ ctx, input }) => setPostLike(ctx, input)),

  saveDraft: allow("board.post", { isBackground: true })
    .input(saveDraftInput)
    .output(savedDraftView)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  findDraft: allow("board.post")
    .input(draftPlaceInput)
    .output(draftView.nullable())
    .query(({ ctx, input }) => findDraft(ctx, input)),
  discardDraft: allow("board.post", { isBackground: true })
    .input(draftPlaceInput)
    .output(doneView)
    .mutation(({ ctx, input }) => discardDraft(ctx, input)),
});
