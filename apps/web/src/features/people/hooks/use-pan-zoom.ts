"use client";
import { select } from "d3-selection";
import { type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { isInside, type Rect } from "../chart-layout";

const CLOSEST = 2;
/** Nobody can read what is drawn smaller; a larger picture begins where its top is. */
const READABLE = 0.55;
const STEP = 1.3;
const PADDING = 24;
/** Below this the cards show only the largest words. */
const FAR = 0.45;

type Size = { readonly width: number; readonly height: number };

const fitting = ({ width, height }: Size, frame: Size): number =>
  Math.min((frame.width - 2 * PADDING) / width, (frame.height - 2 * PADDING) / height, 1);

const around = ({ x, y, width, height }: Rect): Rect => ({ x: x - width / 2, y: y - height / 2, width: width * 2, height: height * 2 });

/**
 * Moves a layer in a frame by hand, wheel, pinch and buttons, without drawing anything anew: only when the view comes to the edge of what is
 * drawn, `drawn` (a part of the picture, in its own measure) changes.
 */
export const usePanZoom = (frameRef: RefObject<HTMLDivElement | null>, layerRef: RefObject<HTMLDivElement | null>, picture: Size) => {
  const [drawn, setDrawn] = useState<Rect | null>(null);
  const drawnRef = useRef<Rect | null>(null);
  const behaviour = useMemo<ZoomBehavior<HTMLDivElement, unknown>>(() => zoom<HTMLDivElement, unknown>(), []);
  const draw = useCallback(() => {
    const [frame, layer] = [frameRef.current, layerRef.current];
    if (!frame || !layer) return;
    const { x, y, k } = zoomTransform(frame);
    layer.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    layer.toggleAttribute("data-far", k < FAR);
    const view = { x: -x / k, y: -y / k, width: frame.clientWidth / k, height: frame.clientHeight / k };
    const before = drawnRef.current;
    // Also when one has come much closer: what stands far outside would be drawn for nothing.
    if (before && isInside(view, before) && before.width < view.width * 5) return;
    drawnRef.current = around(view);
    setDrawn(drawnRef.current);
  }, [frameRef, layerRef]);
  const show = useCallback(
    (isWhole: boolean) => {
      const frame = frameRef.current;
      if (!frame) return;
      const size = { width: frame.clientWidth, height: frame.clientHeight };
      const fit = fitting(picture, size);
      const scale = isWhole ? fit : Math.max(fit, READABLE);
      behaviour.scaleExtent([Math.min(fit, READABLE), CLOSEST]);
      const y = scale > fit ? PADDING : Math.max((size.height - picture.height * scale) / 2, PADDING);
      select(frame).call(behaviour.transform, zoomIdentity.translate((size.width - picture.width * scale) / 2, y).scale(scale));
    },
    [behaviour, frameRef, picture],
  );
  useEffect(() => {
    const frame = frameRef.current;
    if (!frame) return;
    // The wheel moves as it does everywhere; with Ctrl (which is what a pinch sends) it comes closer.
    behaviour.filter((event: MouseEvent) => (event.type === "wheel" ? event.ctrlKey : event.button === 0)).on("zoom", draw);
    const selection = select(frame).call(behaviour).on("dblclick.zoom", null);
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const { k } = zoomTransform(frame);
      behaviour.translateBy(selection, -event.deltaX / k, -event.deltaY / k);
    };
    frame.addEventListener("wheel", wheel, { passive: false });
    show(false);
    return () => {
      frame.removeEventListener("wheel", wheel);
      selection.on(".zoom", null);
    };
  }, [behaviour, draw, frameRef, show]);
  const on = (act: (frame: HTMLDivElement) => void) => () => frameRef.current && act(frameRef.current);
  return {
    drawn,
    draw,
    closer: on((frame) => behaviour.scaleBy(select(frame), STEP)),
    farther: on((frame) => behaviour.scaleBy(select(frame), 1 / STEP)),
    fit: () => show(true),
    moveBy: (x: number, y: number) =>
      on((frame) => behaviour.translateBy(select(frame), x / zoomTransform(frame).k, y / zoomTransform(frame).k))(),
    centre: ({ x, y, width, height }: Rect) => on((frame) => behaviour.translateTo(select(frame), x + width / 2, y + height / 2))(),
  };
};
