import { createTransport } from "nodemailer";
import { parseMailAddress } from "./address";

/** A letter to one address. Text only: a link stands in it as it is, and nothing in it runs, loads or hides. */
export type Mail = {
  /** A UUID that stays the same however often the mail is tried: its Message-ID follows from it, so that a copy is known as one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** The server said that it never will: another try would be refused as well. */
export class MailRefused extends Error {}

/** The way to a mail server. */
export type Mailer = {
  /** Resolves when the server has taken it. Rejects with `MailRefused` where trying again is of no use, and with anything else where it is. */
  send(mail: Mail): Promise<void>;
  close(): void;
};

const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;
const CONTROL = /\p{Cc}/u;

const addressOf = (text: string, what: string): string => {
  const address = parseMailAddress(text);
  if (address === null) throw new MailRefused(`${what} is no mail address`);
  return address;
};

const isPermanent = (error: unknown): boolean => {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  // A wrong password or certificate is a matter of configuration: the mail waits until somebody has mended it.
  return responseCode !== undefined && responseCode >= 500 && code !== "EAUTH";
};

/** `url` is smtp://user:password@host:587 (STARTTLS where the server has it) or smtps://…; `from` the address that mails come from. */
export const createMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const sender = addressOf(from, "the sender");
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    // What a mail says is text that Maru made: it names no file and no address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = sender.slice(sender.indexOf("@") + 1);
  return {
    send: async ({ id, to, subject, text }) => {
      const recipient = addressOf(to, "the recipient");
      if (CONTROL.test(subject)) throw new MailRefused("a subject is one line");
      const envelope = { from: sender, to: [recipient] };
      // What a machine wrote is not answered by another one.
      const headers = { "Auto-Submitted": "auto-generated" };
      try {
        await transport.sendMail({ envelope, from: sender, to: recipient, subject, text, messageId: `<${id}@${domain}>`, headers });
      } catch (error) {
        if (isPermanent(error)) throw new MailRefused((error as Error).message);
        throw error;
      }
    },
    close: () => transport.close(),
  };
};
