import type { Ctx as BaseCtx, TxCtx as BaseTxCtx } from "@maru/db/context";
import type { Keyring } from "@maru/platform/crypto/keyring";
import type { Tokens } from "@maru/platform/crypto/token";
import type { Hints } from "@maru/platform/hints";
import type { Limits } from "@maru/platform/http/limits";
import type { ImageMaker } from "@maru/platform/images";
import type { Mailer } from "@maru/platform/mail";
import type { ObjectStorage } from "@maru/platform/storage";
import type { Departure } from "./departures";
import type { Sealing } from "./modules/audit/service";
import type { LoginProviders } from "./modules/federation/service";
import type { PersonalData } from "./personal-data";
import type { Subjects } from "./subjects";
import type { Voucher } from "./voucher";

/** The capabilities that use cases reach through their context; a composition root hands them in. */
export type Tools = {
  readonly storage: ObjectStorage;
  readonly tokens: Tokens;
  /** Encrypts what must be read again but not from the database alone. */
  readonly keyring: Keyring;
  readonly hints: Hints;
  readonly limits: Limits;
  readonly images: ImageMaker;
  /** The way to a mail server; null where none is configured, and in a process that sends nothing. */
  readonly mailer: Mailer | null;
  /** The one address under which people open Maru: what links in mails begin with. */
  readonly origin: string;
  /** Who else tells who people are; none in a process in which nobody signs in. */
  readonly loginProviders: LoginProviders;
  /** Who vouches for the passwords that are not kept here. */
  readonly voucher: Voucher;
  readonly subjects: Subjects;
  /** What each module knows about people, in the order in which it is forgotten. */
  readonly personalData: readonly PersonalData[];
  /** What each module says before somebody leaves or departments close. */
  readonly departures: readonly Departure[];
  /** How the audit log is sealed, anchored outside the database, and for how many days it is kept. */
  readonly sealing: Sealing & { readonly keptDays: number };
};

export type Ctx = BaseCtx<Tools>;
export type TxCtx = BaseTxCtx<Tools>;
