import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";
import type { StartedGeneratorView } from "./contract";

const STEP_MS = 30_000;
const SECRET_BYTES = 20;
/** One step before and one after: clocks differ, and somebody types slowly. */
const WINDOW = 1;

const generatorOf = (secret: string, name = "Maru"): TOTP =>
  new TOTP({ issuer: "Maru", label: name, algorithm: "SHA1", digits: 6, period: STEP_MS / 1000, secret });

/** 160 random bits in base32, as apps that make codes want them. */
export const newGeneratorSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** The step that a code stands for at this time, or null for a code of no step around it. */
export const stepOf = (secret: string, code: string, now: Date): number | null => {
  const delta = generatorOf(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / STEP_MS) + delta;
};

/** The secret to scan and to type. The picture is made here, of squares: no other service sees what it says. */
export const showGenerator = (secret: string, name: string): StartedGeneratorView => {
  const uri = generatorOf(secret, name).toString();
  const { size, data } = encode(uri, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  return { secret, uri, picture: { size, path } };
};
