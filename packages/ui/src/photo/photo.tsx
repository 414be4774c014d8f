"use client";
import { IconPhotoOff } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import classes from "./photo.module.css";

export type PhotoSource = { readonly srcSet: string; readonly type: string };

export type PhotoProps = {
  /** The picture; null while the worker still makes it. */
  readonly src: string | null;
  /** Better formats or sizes, best first. */
  readonly sources?: readonly PhotoSource[];
  readonly sizes?: string;
  readonly alt: string;
  /** Pixels of the original: the room is kept before a byte of the picture arrives. */
  readonly width: number;
  readonly height: number;
  /** A tiny preview as a data URL, made from the thumbhash. */
  readonly placeholder?: string | null;
  readonly state?: "ready" | "pending" | "failed";
  /** Words over the placeholder: "사진을 준비하고 있어요", "사진을 불러오지 못했어요". */
  readonly labels: { readonly pending: string; readonly failed: string };
  /** "cover" fills a given frame (thumbnails); "contain" keeps the picture's own shape. */
  readonly fit?: "contain" | "cover";
  /** The picture that is seen first; all others load when they come near. */
  readonly isFirst?: boolean;
};

/** A photo in the room it will take: first its blurred preview, then the picture; a word where there is none yet. */
export function Photo({ state = "ready", src, ...props }: PhotoProps) {
  const [settled, setSettled] = useState<{ readonly src: string; readonly ok: boolean } | null>(null);
  const isSettled = settled !== null && settled.src === src;
  const hasFailed = state === "failed" || (isSettled && !settled.ok);
  const isPending = !hasFailed && (state === "pending" || src === null);
  const isLoaded = isSettled && settled.ok;

  // A picture that came from the cache before hydration has fired its event already.
  const readFromCache = useCallback((image: HTMLImageElement | null) => {
    const source = image?.getAttribute("src");
    if (image?.complete && source) setSettled({ src: source, ok: image.naturalWidth > 0 });
  }, []);

  const { width, height, placeholder, fit = "contain", labels, alt } = props;
  return (
    <span
      className={classes.frame}
      data-state={hasFailed ? "failed" : isPending ? "pending" : "ready"}
      data-fit={fit}
      style={{
        aspectRatio: `${width} / ${height}`,
        maxInlineSize: fit === "contain" ? width : undefined,
        backgroundImage: placeholder && !isLoaded ? `url("${placeholder}")` : undefined,
      }}
    >
      {src && !isPending && !hasFailed ? (
        <picture>
          {props.sources?.map((source) => (
            <source key={source.type + source.srcSet} srcSet={source.srcSet} type={source.type} sizes={props.sizes} />
          ))}
          <img
            ref={readFromCache}
            className={classes.image}
            src={src}
            sizes={props.sizes}
            alt={alt}
            width={width}
            height={height}
            loading={props.isFirst ? "eager" : "lazy"}
            fetchPriority={props.isFirst ? "high" : undefined}
            decoding="async"
            onLoad={() => setSettled({ src, ok: true })}
            onError={() => setSettled({ src, ok: false })}
          />
        </picture>
      ) : null}
      {isPending ? (
        <span className={classes.word} role="status">
          {labels.pending}
        </span>
      ) : null}
      {hasFailed ? (
        <span className={classes.word} role="img" aria-label={alt ? `${alt}: ${labels.failed}` : labels.failed}>
          <IconPhotoOff size={16} stroke={1.5} aria-hidden />
          {labels.failed}
        </span>
      ) : null}
    </span>
  );
}
