import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import asn1 from "asn1";

const { BerReader, BerWriter } = asn1;

/** What a client asked for. `cookie` is that of the page it wants, empty for the first one; null where it asked for no pages. */
export type HostileSearch = {
  readonly base: string;
  readonly scope: number;
  readonly attributes: readonly string[];
  readonly cookie: string | null;
  readonly controls: readonly string[];
};

type Attributes = Readonly<Record<string, readonly (string | Buffer)[]>>;

/** What the server does with one search, in the order in which it says it. */
export type HostileAnswer = {
  entry(dn: string, attributes: Attributes): void;
  reference(url: string): void;
  /** Ends the search; without a cookie there is no word on pages. */
  done(result?: { readonly code?: number; readonly message?: string; readonly cookie?: string }): void;
  /** Ends the connection without a word. */
  drop(): void;
  /** Bytes that are no LDAP. */
  raw(bytes: Buffer): void;
};

export type HostileOptions = {
  /** TLS from the first byte, or after StartTLS when `isStartTls`. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly isStartTls?: boolean };
  /** Sent in the clear, behind the answer to StartTLS and in one packet with it. */
  readonly beforeEncryption?: Buffer;
  /** Nothing is answered to StartTLS, not even a refusal. */
  readonly isStartTlsSilent?: boolean;
  /** StartTLS is agreed to, and then nothing comes. */
  readonly isEncryptionSilent?: boolean;
  readonly onBind?: (dn: string, password: string) => { readonly code: number; readonly message?: string };
  readonly onSearch?: (search: HostileSearch, answer: HostileAnswer) => void;
};

const PAGING = "1.2.840.113556.1.4.319";
const OP = {
  bind: 0x60,
  bound: 0x61,
  unbind: 0x42,
  search: 0x63,
  entry: 0x64,
  done: 0x65,
  reference: 0x73,
  extended: 0x77,
  answered: 0x78,
};

type Writer = InstanceType<typeof BerWriter>;

/** One message of LDAP, as bytes. */
export const ldapMessage = (id: number, op: number, write: (writer: Writer) => void, cookie?: string): Buffer => {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(op);
  write(writer);
  writer.endSequence();
  if (cookie !== undefined) {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(0);
    value.writeString(cookie);
    value.endSequence();
    writer.startSequence(0xa0);
    writer.startSequence();
    writer.writeString(PAGING);
    writer.writeBuffer(value.buffer, 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
};

/** A result, as every operation ends with one. */
export const ldapResult = (id: number, op: number, code: number, message = "", cookie?: string): Buffer =>
  ldapMessage(
    id,
    op,
    (writer) => {
      writer.writeEnumeration(code);
      writer.writeString("");
      writer.writeString(message);
    },
    cookie,
  );

const writeEntry = (writer: Writer, dn: string, attributes: Attributes): void => {
  writer.writeString(dn);
  writer.startSequence();
  for (const [type, values] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(type);
    writer.startSequence(0x31);
    for (const value of values) writer.writeBuffer(Buffer.from(value as Buffer), 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
};

type Reader = InstanceType<typeof BerReader>;

const readControls = (reader: Reader): { controls: string[]; cookie: string | null } => {
  const controls: string[] = [];
  let cookie: string | null = null;
  if (reader.peek() !== 0xa0) return { controls, cookie };
  reader.readSequence(0xa0);
  const end = reader.offset + reader.length;
  while (reader.offset < end) {
    reader.readSequence();
    const controlEnd = reader.offset + reader.length;
    controls.push(reader.readString() ?? "");
    if (reader.offset < controlEnd && reader.peek() === 0x01) reader.readBoolean();
    const value = reader.offset < controlEnd ? reader.readString(0x04, true) : null;
    if (controls.at(-1) !== PAGING || value === null) continue;
    const inner = new BerReader(value);
    inner.readSequence();
    inner.readInt();
    cookie = inner.readString() ?? "";
  }
  return { controls, cookie };
};

const readSearch = (reader: Reader): HostileSearch => {
  const base = reader.readString() ?? "";
  const scope = reader.readEnumeration() ?? 0;
  reader.readEnumeration();
  reader.readInt();
  reader.readInt();
  reader.readBoolean();
  reader.readString(reader.peek() ?? 0, true);
  reader.readSequence();
  const end = reader.offset + reader.length;
  const attributes: string[] = [];
  while (reader.offset < end) attributes.push(reader.readString() ?? "");
  return { base, scope, attributes, ...readControls(reader) };
};

type Sink = { readonly write: (bytes: Buffer) => unknown; readonly destroy: () => unknown };

/** Writes the answer to the request of this number. */
export const answerTo = (id: number, socket: Sink): HostileAnswer => ({
  entry: (dn, attributes) => void socket.write(ldapMessage(id, OP.entry, (writer) => writeEntry(writer, dn, attributes))),
  reference: (url) => void socket.write(ldapMessage(id, OP.reference, (writer) => writer.writeString(url))),
  done: ({ code = 0, message, cookie } = {}) => void socket.write(ldapResult(id, OP.done, code, message, cookie)),
  drop: () => void socket.destroy(),
  raw: (bytes) => void socket.write(bytes),
});

/** What a client said, each as one line: the bind with its name and never its password, so that a test sees what was asked of the server. */
type Log = string[];

const serve = (socket: Socket, options: HostileOptions, log: Log): void => {
  let pending = Buffer.alloc(0);
  const startTls = (id: number) => {
    log.push("startTls");
    const { tls, beforeEncryption = Buffer.alloc(0), isStartTlsSilent, isEncryptionSilent } = options;
    if (isStartTlsSilent) return;
    if (!tls?.isStartTls) {
      socket.write(ldapResult(id, OP.answered, 2, "no TLS here"));
      return;
    }
    socket.removeAllListeners("data");
    socket.write(Buffer.concat([ldapResult(id, OP.answered, 0), beforeEncryption]));
    if (isEncryptionSilent) return;
    serve(new TLSSocket(socket, { isServer: true, key: tls.key, cert: tls.cert }), options, log);
  };
  const bind = (id: number, reader: Reader) => {
    reader.readInt();
    const [dn, password] = [reader.readString() ?? "", reader.readString(0x80) ?? ""];
    log.push(`bind ${dn}`);
    const { code, message } = options.onBind?.(dn, password) ?? { code: 0 };
    socket.write(ldapResult(id, OP.bound, code, message));
  };
  const search = (id: number, reader: Reader) => {
    const asked = readSearch(reader);
    log.push(`search ${asked.base}`);
    const answer = answerTo(id, socket);
    if (options.onSearch) options.onSearch(asked, answer);
    else answer.done({ cookie: "" });
  };
  const handle = (bytes: Buffer): void => {
    const reader = new BerReader(bytes);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const op = reader.peek() ?? 0;
    if (op === OP.unbind) {
      socket.end();
      return;
    }
    reader.readSequence();
    if (op === OP.extended) startTls(id);
    else if (op === OP.bind) bind(id, reader);
    else search(id, reader);
  };
  socket.on("error", () => {});
  const readFrames = () => {
    for (;;) {
      const frame = new BerReader(pending);
      if (frame.readSequence() === null || frame.remain < frame.length) return;
      const end = frame.offset + frame.length;
      const message = pending.subarray(0, end);
      pending = pending.subarray(end);
      handle(message);
    }
  };
  socket.on("data", (data) => {
    pending = Buffer.concat([pending, data]);
    try {
      readFrames();
    } catch {
      // No LDAP, such as the beginning of TLS: a server ends what it doesn't understand.
      socket.destroy();
    }
  });
};

/** For tests: an LDAP server that does what a script says, and real ones do on bad days. Everything it doesn't script succeeds with nothing. */
export const startHostileLdap = async (options: HostileOptions = {}) => {
  const log: Log = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    const { tls } = options;
    serve(tls && !tls.isStartTls ? new TLSSocket(socket, { isServer: true, key: tls.key, cert: tls.cert }) : socket, options, log);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  return {
    port,
    log,
    url: `${options.tls && !options.tls.isStartTls ? "ldaps" : "ldap"}://127.0.0.1:${port}`,
    connections: () => connections,
    close,
  };
};
