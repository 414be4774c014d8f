import { TOTP } from "otpauth";

/** The code that an app shows at a time. */
export const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate({ timestamp: at.getTime() });
