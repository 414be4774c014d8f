"use client";
import dynamic from "next/dynamic";
import classes from "./comments.module.css";

/** The editor is the heavy part of a post's page and not what somebody comes for: it loads behind the text, into the room it will take. */
export const LazyCommentEditor = dynamic(() => import("./comment-editor"), {
  ssr: false,
  loading: () => <div className={classes.editorRoom} aria-busy="true" />,
});
