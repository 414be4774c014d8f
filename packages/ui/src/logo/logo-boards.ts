/**
 * Four floor boards, seen from above, that form 마 on a grid of 64: three boards with a square opening between them are ㅁ, the fourth
 * with its tenon is ㅏ. Seams of 2 part the boards, as on a wooden floor.
 */
export const logoBoards = [
  { name: "left", path: "M8 16a2 2 0 0 1 2-2h6v36h-6a2 2 0 0 1-2-2z" },
  { name: "middle", path: "M18 14h10v10H18zM18 40h10v10H18z" },
  { name: "right", path: "M30 14h6a2 2 0 0 1 2 2v32a2 2 0 0 1-2 2h-6z" },
  { name: "tenon", path: "M44 8a2 2 0 0 1 2-2h5a2 2 0 0 1 2 2v19h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-6v19a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2z" },
] as const;
