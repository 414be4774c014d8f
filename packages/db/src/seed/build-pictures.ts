import type { Member } from "./build-people";
import type { BuiltPosts, WantedPicture } from "./build-posts";
import { drawChart } from "./pictures/chart";
import { drawFloor } from "./pictures/floor";
import { drawLandscape } from "./pictures/landscape";
import { drawPortrait } from "./pictures/portrait";
import { drawPoster } from "./pictures/poster";
import { type Drawing, type RenderedPicture, render } from "./pictures/render";
import type { PictureKind } from "./posts/sketch";
import { createRandom, type Random } from "./random";
import type { SeededPicture } from "./rows";

const DRAW: Readonly<Record<PictureKind, (random: Random) => Drawing>> = {
  landscape: drawLandscape,
  chart: drawChart,
  poster: drawPoster,
  floor: drawFloor,
};

type Subject = {
  readonly ownerId: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly name: string;
  readonly at: Date;
};

const toFile = (id: string, { ownerId, subjectType, subjectId, name, at }: Subject, picture: RenderedPicture): SeededPicture => ({
  rendered: picture,
  file: {
    id,
    ownerId,
    subjectType,
    subjectId,
    name: `${name.replace(/[\\/:*?"<>|]/g, " ")}.${picture.extension}`,
    mediaType: picture.mediaType,
    sizeBytes: picture.bytes.byteLength,
    sha256: picture.sha256,
    // The worker makes the sizes, as it does for every upload.
    state: "PENDING",
    width: picture.width,
    height: picture.height,
    createdAt: at,
  },
});

// Each picture has its own sequence, so that they may be drawn in any order, two at a time.
const seedOf = (id: string): number => Number.parseInt(id.slice(-7), 16);

const drawWanted = async (wanted: WantedPicture): Promise<SeededPicture> => {
  const picture = await render(DRAW[wanted.kind](createRandom(seedOf(wanted.id))));
  return toFile(wanted.id, { ...wanted, subjectType: "board.post", subjectId: wanted.postId }, picture);
};

const drawFace = async (member: Member, id: string, at: Date): Promise<SeededPicture> => {
  const picture = await render(drawPortrait(createRandom(seedOf(id)), member.gender));
  return toFile(id, { ownerId: member.id, subjectType: "directory.person", subjectId: member.id, name: member.name, at }, picture);
};

const AT_ONCE = 4;

const runAll = async <Result>(tasks: readonly (() => Promise<Result>)[]): Promise<Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < tasks.length; start += AT_ONCE) {
    results.push(...(await Promise.all(tasks.slice(start, start + AT_ONCE).map((task) => task()))));
  }
  return results;
};

/** Draws the pictures of the posts, and a portrait for every third person and the two who meet in the demo. */
export const buildPictures = async (
  random: Random,
  at: Date,
  members: readonly Member[],
  posts: BuiltPosts,
): Promise<{ pictures: SeededPicture[]; photoOf: ReadonlyMap<string, string> }> => {
  const faces = members.filter(({ username }, index) => index % 3 === 0 || username === "hong" || username === "kim");
  const photos = faces.filter(({ username }) => username !== "admin").map((member) => ({ member, id: random.idAt(at) }));
  const pictures = await runAll([
    ...photos.map(
      ({ member, id }) =>
        () =>
          drawFace(member, id, at),
    ),
    ...posts.wanted.map((wanted) => () => drawWanted(wanted)),
  ]);
  return { pictures, photoOf: new Map(photos.map(({ member, id }) => [member.id, id])) };
};
