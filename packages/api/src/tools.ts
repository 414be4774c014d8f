import type { Ctx as BaseCtx, TxCtx as BaseTxCtx } from "@maru/db/context";
import type { Tokens } from "@maru/platform/crypto/token";
import type { Hints } from "@maru/platform/hints";
import type { Limits } from "@maru/platform/http/limits";
import type { ImageMaker } from "@maru/platform/images";
import type { ObjectStorage } from "@maru/platform/storage";
import type { Sealing } from "./modules/audit/service";
import type { Subjects } from "./subjects";

/** The capabilities that use cases reach through their context; a composition root hands them in. */
export type Tools = {
  readonly storage: ObjectStorage;
  readonly tokens: Tokens;
  readonly hints: Hints;
  readonly limits: Limits;
  readonly images: ImageMaker;
  readonly subjects: Subjects;
  /** How the audit log is sealed, anchored outside the database, and for how many days it is kept. */
  readonly sealing: Sealing & { readonly keptDays: number };
};

export type Ctx = BaseCtx<Tools>;
export type TxCtx = BaseTxCtx<Tools>;
