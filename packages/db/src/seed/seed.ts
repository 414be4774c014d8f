import { newId } from "@maru/platform/crypto/id";
import { hashPassword } from "@maru/platform/crypto/password";
import type { Log } from "@maru/platform/log";
import { createLocalStorage } from "@maru/platform/storage/local";
import { openDatabase, type Prisma } from "../client";
import { buildOrganisation } from "./build-organisation";
import { buildPeople } from "./build-people";
import { buildPictures } from "./build-pictures";
import { buildPosts } from "./build-posts";
import { SPAN_DAYS } from "./calendar";
import { DEMO_PASSWORD } from "./people";
import { buildPrivacyDocuments } from "./privacy-documents";
import { createRandom } from "./random";
import type { DemoRows, SeededPicture } from "./rows";

const SEED = 20_261_120;
// Where the files module keeps originals, and the job with which it makes their sizes: the demo hands its pictures over like any upload.
const originalKey = (sha256: string): string => `originals/${sha256.slice(0, 2)}/${sha256}`;
const PICTURE_JOB = { kind: "JOB", name: "files.generate-thumbnail", version: 1 } as const;

type DemoOptions = { readonly databaseUrl: string; readonly dataDir: string; readonly log: Pick<Log, "info" | "warn"> };

const buildRows = async (now: Date): Promise<{ rows: DemoRows; pictures: SeededPicture[] }> => {
  const random = createRandom(SEED);
  const foundedAt = new Date(now.getTime() - (SPAN_DAYS + 30) * 24 * 60 * 60 * 1000);
  const people = buildPeople(random, foundedAt, await hashPassword(DEMO_PASSWORD));
  const posts = buildPosts(random, now, people);
  const { pictures, photoOf } = await buildPictures(random, foundedAt, people.members, posts);
  const privacy = buildPrivacyDocuments(
    random,
    foundedAt,
    people.members.map(({ id }) => id),
  );
  const { standingOf, ...organisation } = buildOrganisation(random, now, foundedAt, people);
  const whole = people.people.map((person) => ({ ...person, ...standingOf(person.id), photoFileId: photoOf.get(person.id) ?? null }));
  return { rows: { ...people, ...posts, ...privacy, ...organisation, people: whole }, pictures };
};

/** The ids of the roles that the demo gives, by key. Identity keeps their permissions; a role that is missing is made without any. */
const findRoles = async (db: Prisma.TransactionClient, keys: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  await db.role.createMany({
    data: keys.map((key) => ({ id: newId(), key, name: key, nameEn: key, isBuiltIn: true })),
    skipDuplicates: true,
  });
  const roles = await db.role.findMany({ where: { key: { in: [...keys] } } });
  return new Map(roles.map(({ key, id }) => [key, id]));
};

const writeRows = async (db: Prisma.TransactionClient, rows: DemoRows, pictures: readonly SeededPicture[], now: Date): Promise<void> => {
  const { assignments } = rows;
  await db.rank.createMany({ data: rows.ranks });
  await db.position.createMany({ data: rows.positions });
  await db.title.createMany({ data: rows.titles });
  await db.department.createMany({ data: rows.departments });
  await db.person.createMany({ data: rows.people });
  await db.affiliation.createMany({ data: rows.affiliations });
  await db.absence.createMany({ data: rows.absences });
  await db.favourite.createMany({ data: rows.favourites });
  await db.recentPerson.createMany({ data: rows.recentPeople });
  await db.account.createMany({ data: rows.accounts });
  const roleIds = await findRoles(db, [...new Set(assignments.map(({ role }) => role))]);
  await db.roleAssignment.createMany({ data: assignments.map(({ role, ...rest }) => ({ ...rest, roleId: roleIds.get(role) ?? "" })) });
  await db.board.createMany({ data: rows.boards });
  await db.post.createMany({ data: rows.posts });
  await db.comment.createMany({ data: rows.comments });
  await db.postLike.createMany({ data: rows.likes });
  await db.postRead.createMany({ data: rows.reads });
  await db.privacyDocument.createMany({ data: rows.documents });
  await db.consent.createMany({ data: rows.consents });
  await db.file.createMany({ data: pictures.map(({ file }) => file) });
  await db.outbox.createMany({
    data: pictures.map(({ file }) => ({ ...PICTURE_JOB, id: newId(), payload: { fileId: file.id }, createdAt: now })),
  });
};

/**
 * Fills an empty database with the demo organisation: sixty people, six boards, two hundred posts with comments and pictures. Does nothing
 * where anybody is known already. The rows are one transaction, so that an interrupted start begins again from nothing.
 */
export const seedDemo = async ({ databaseUrl, dataDir, log }: DemoOptions): Promise<void> => {
  const database = openDatabase({
    url: databaseUrl,
    poolSize: 2,
    applicationName: "maru seed",
    onError: (error) => log.warn({ err: error.message }, "a database connection was lost"),
  });
  try {
    if ((await database.prisma.person.count()) > 0) return;
    const startedAt = Date.now();
    const now = new Date();
    const { rows, pictures } = await buildRows(now);
    const storage = createLocalStorage(dataDir);
    await Promise.all(pictures.map(({ rendered }) => storage.write(originalKey(rendered.sha256), rendered.bytes)));
    await database.prisma.$transaction(
      async (db) => {
        // Of two that start at once, one seeds and the other finds it done.
        await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('maru demo'))`;
        if ((await db.person.count()) === 0) await writeRows(db, rows, pictures, now);
      },
      { timeout: 60_000, maxWait: 30_000 },
    );
    log.info(
      { people: rows.people.length, posts: rows.posts.length, pictures: pictures.length, ms: Date.now() - startedAt },
      "the demo is ready",
    );
  } finally {
    await database.close();
  }
};
