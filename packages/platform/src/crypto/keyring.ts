import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a sealed text stands. It opens nowhere else: a text that is moved to another row or column is as unreadable as one that was changed. */
export type SealedPlace = { readonly table: string; readonly column: string; readonly id: string };

/** A sealed text that these keys do not open at this place. Says nothing of what went wrong: that is nobody's business but the operator's. */
export class UnreadableSecret extends Error {
  constructor(place: SealedPlace) {
    super(`${place.table}.${place.column} of ${place.id} can't be read: its key is missing, or it was changed or moved`);
    this.name = "UnreadableSecret";
  }
}

export type Keyring = {
  /** Encrypts a text for one place with the current key: `v1.<key id>.<iv>.<tag>.<ciphertext>`. */
  seal(text: string, place: SealedPlace): string;
  /** What `seal` was given at this place, whichever key of the ring it was sealed with. */
  open(sealed: string, place: SealedPlace): string;
  /** What every text begins with that the current key has sealed. Reads the keys again: a key that was added meanwhile is the current one. */
  currentPrefix(): string;
};

type Key = { readonly id: string; readonly bytes: Buffer };

const FORMAT = "v1";
const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY = /^([a-z0-9]{1,16}):([A-Za-z0-9_-]{43})$/;
const FILE = "keys";

/** A new key as it stands in the list of keys. */
export const newKey = (): string => `${randomBytes(4).toString("hex")}:${randomBytes(KEY_BYTES).toString("base64url")}`;

/** Reads a list of keys, `<id>:<32 bytes in base64url>`, the current one first; null where one of them is none or two share a name. */
export const parseKeys = (text: string): readonly Key[] | null => {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const keys = parts
    .map((part) => KEY.exec(part))
    .map((match) => match && { id: String(match[1]), bytes: Buffer.from(String(match[2]), "base64url") });
  const good = keys.filter((key) => key !== null && key.bytes.length === KEY_BYTES) as Key[];
  return good.length === parts.length && good.length > 0 && new Set(good.map(({ id }) => id)).size === good.length ? good : null;
};

const additionalData = (kid: string, { table, column, id }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, kid, table, column, id]));

/** A ring over the keys that `read` gives. It reads them again when it meets a key that it does not know: another process may have added it. */
export const createKeyring = (read: () => readonly Key[]): Keyring => {
  let keys = read();
  const current = (): Key => {
    const [first] = keys;
    if (!first) throw new Error("there is no key to seal with");
    return first;
  };
  const find = (kid: string): Key | undefined => {
    const known = keys.find(({ id }) => id === kid);
    if (known) return known;
    keys = read();
    return keys.find(({ id }) => id === kid);
  };
  return {
    seal: (text, place) => {
      const { id, bytes } = current();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, bytes, iv).setAAD(additionalData(id, place));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return [FORMAT, id, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(".");
    },
    open: (sealed, place) => {
      const [format, kid = "", ...parts] = sealed.split(".");
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, "base64url"));
      const key = find(kid);
      if (format !== FORMAT || !key || parts.length !== 3 || !iv || !body || iv.length !== IV_BYTES || tag?.length !== TAG_BYTES)
        throw new UnreadableSecret(place);
      try {
        const decipher = createDecipheriv(CIPHER, key.bytes, iv).setAAD(additionalData(kid, place)).setAuthTag(tag);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch {
        throw new UnreadableSecret(place);
      }
    },
    currentPrefix: () => {
      keys = read();
      return `${FORMAT}.${current().id}.`;
    },
  };
};

const readFile = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
};

// Written whole beside it and linked into place, which fails where the file stands already: of two processes that start at once, both read the same keys.
const makeFile = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(fresh, `${newKey()}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
};

/** The keys of an installation: those that it is handed, or else the file in its data folder, which is made at the first start. */
export const openKeyring = (dataDir: string, given: string | null): Keyring => {
  if (given !== null) {
    const keys = parseKeys(given);
    if (!keys) throw new Error("MARU_KEYS holds no list of keys");
    return createKeyring(() => keys);
  }
  const path = join(dataDir, FILE);
  return createKeyring(() => {
    let text = readFile(path);
    if (text === null) {
      makeFile(path);
      text = readFileSync(path, "utf8");
    }
    const keys = parseKeys(text);
    if (!keys) throw new Error(`${path} holds no list of keys: put back the one that this installation began with`);
    return keys;
  });
};
