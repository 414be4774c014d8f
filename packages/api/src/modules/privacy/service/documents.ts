import { newId } from "@maru/platform/crypto/id";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { type ConsentsView, type ConsentView, type DocumentView, type PublishDocumentInput, privacyErrors } from "../contract";
import { type DocumentRow, findNewest, toDocumentFacts } from "../queries";

const DOCUMENT = "privacy.document";
const MAX_HISTORY = 200;

const toConsentView = (row: DocumentRow, givenAt: Date | undefined): ConsentView => ({
  ...toDocumentFacts(row),
  givenAt: givenAt?.toISOString() ?? null,
});

/** The texts that hold now, and everything that the actor has agreed to. */
export const listConsents = async (ctx: Ctx): Promise<ConsentsView> => {
  const personId = ctx.actor.id;
  const [newest, given] = await Promise.all([
    findNewest(ctx),
    ctx.db.consent.findMany({ where: { personId }, include: { document: true }, orderBy: { givenAt: "desc" }, take: MAX_HISTORY }),
  ]);
  const holding = new Map(given.filter(({ withdrawnAt }) => withdrawnAt === null).map((one) => [one.documentId, one.givenAt]));
  return {
    documents: newest.map((row) => toConsentView(row, holding.get(row.id))),
    history: given.map(({ document, givenAt, withdrawnAt }) => ({
      kind: document.kind,
      version: document.version,
      title: document.title,
      titleEn: document.titleEn,
      givenAt: givenAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
  };
};

/** Agrees to these texts, each in the version that holds now: what was replaced meanwhile was not what she has read. */
export const giveConsents = (ctx: Ctx, { documentIds }: { documentIds: readonly string[] }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const newest = new Set((await findNewest(tx)).map(({ id }) => id));
    const known = await tx.db.privacyDocument.count({ where: { id: { in: [...documentIds] } } });
    if (known < new Set(documentIds).size) throw privacyErrors.documentNotFound();
    if (documentIds.some((id) => !newest.has(id))) throw privacyErrors.documentReplaced();
    const given = await tx.db.consent.createManyAndReturn({
      data: documentIds.map((documentId) => ({ id: newId(), personId: tx.actor.id, documentId, givenAt: tx.now() })),
      skipDuplicates: true,
      select: { documentId: true },
    });
    for (const { documentId } of given) tx.record({ action: "privacy.consent.give", subjectType: DOCUMENT, subjectId: documentId });
    return { done: true as const };
  });

/** Takes a consent back where Maru can be used without it. That it was given stays on the record. */
export const withdrawConsent = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const document = await tx.db.privacyDocument.findUnique({ where: { id }, select: { isRequired: true } });
    if (!document) throw privacyErrors.documentNotFound();
    if (document.isRequired) throw privacyErrors.consentRequired();
    const { count } = await tx.db.consent.updateMany({
      where: { documentId: id, personId: tx.actor.id, withdrawnAt: null },
      data: { withdrawnAt: tx.now() },
    });
    if (count === 0) throw privacyErrors.consentNotFound();
    tx.record({ action: "privacy.consent.withdraw", subjectType: DOCUMENT, subjectId: id });
    return { done: true as const };
  });

/** Every version of every text, the newest first, with how many have agreed. */
export const listDocuments = async (ctx: Ctx): Promise<DocumentView[]> => {
  const rows = await ctx.db.privacyDocument.findMany({
    orderBy: [{ kind: "asc" }, { version: "desc" }],
    take: 300,
    include: { _count: { select: { consents: { where: { withdrawnAt: null } } } } },
  });
  return rows.map((row) => ({ ...toDocumentFacts(row), consentCount: row._count.consents }));
};

// Of two administrators who publish at once, the second one is told that her page was old.
const lockKind = async (tx: TxCtx, kind: string): Promise<void> => {
  await raw`SELECT pg_advisory_xact_lock(hashtextextended(${`privacy.document ${kind}`}, 0))::text`.execute(tx.sql);
};

/** Publishes the next version of a text. Where it is required, everybody is asked for it at the next visit. */
export const publishDocument = (ctx: Ctx, { baseVersion, ...input }: PublishDocumentInput): Promise<DocumentView> =>
  ctx.tx(async (tx) => {
    const { kind, isRequired } = input;
    await lockKind(tx, kind);
    const former = (await findNewest(tx)).find((row) => row.kind === kind);
    if ((former?.version ?? 0) !== baseVersion) throw privacyErrors.documentReplaced();
    const version = baseVersion + 1;
    const row = await tx.db.privacyDocument.create({
      data: { id: newId(), ...input, version, publishedAt: tx.now(), publishedById: tx.actor.id },
    });
    tx.record({ action: "privacy.document.publish", subjectType: DOCUMENT, subjectId: row.id, details: { kind, version, isRequired } });
    return { ...toDocumentFacts(row), consentCount: 0 };
  });
