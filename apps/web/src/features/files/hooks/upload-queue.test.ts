import type { FileView } from "@maru/api/files/contract";
import { describe, expect, it } from "vitest";
import { problemOf, readAnswer, type SendFile } from "./send-file";
import { UploadQueue } from "./upload-queue";
import { isPending, progressOf, type Upload, type UploadReport } from "./upload-state";

const view = (name: string): FileView => ({
  id: `id-of-${name}`,
  name,
  mediaType: "image/jpeg",
  sizeBytes: 4,
  state: "PENDING",
  reason: null,
  width: null,
  height: null,
  thumbhash: null,
  url: "/api/files/x",
  variants: {},
});

/** A sender whose transfers the test moves by hand, so that every order of events can be played. */
const handSender = () => {
  const transfers: { name: string; report: (report: UploadReport) => void; stopped: boolean }[] = [];
  const send: SendFile = (file, report) => {
    const transfer = { name: file.name, report, stopped: false };
    transfers.push(transfer);
    report({ type: "started" });
    return () => {
      transfer.stopped = true;
    };
  };
  const done: string[] = [];
  const queue = new UploadQueue(send, (_upload, result) => done.push(result.name));
  return { queue, transfers, done, phases: () => queue.snapshot().map((upload) => upload.phase.name) };
};

const file = (name: string, bytes = 4) => new File([new Uint8Array(bytes)], name);
const only = (queue: UploadQueue) => queue.snapshot()[0] as Upload;

describe("an upload", () => {
  it("goes from waiting over sending and checking to done", () => {
    const { queue, transfers, done, phases } = handSender();
    queue.add(file("a.jpg", 100), "picture");
    expect(phases()).toEqual(["sending"]);
    transfers[0]?.report({ type: "progressed", sentBytes: 50 });
    expect(progressOf(only(queue))).toBeCloseTo(0.49);
    transfers[0]?.report({ type: "progressed", sentBytes: 40 });
    expect(progressOf(only(queue))).toBeCloseTo(0.49);
    transfers[0]?.report({ type: "sent" });
    expect(phases()).toEqual(["checking"]);
    expect(progressOf(only(queue))).toBeLessThan(1);
    transfers[0]?.report({ type: "answered", result: view("a.jpg") });
    expect(phases()).toEqual(["done"]);
    expect(progressOf(only(queue))).toBe(1);
    expect(done).toEqual(["a.jpg"]);
  });

  it("is told done once, whatever comes after", () => {
    const { queue, transfers, done, phases } = handSender();
    queue.add(file("a.jpg"), "picture");
    transfers[0]?.report({ type: "answered", result: view("a.jpg") });
    transfers[0]?.report({ type: "answered", result: view("a.jpg") });
    transfers[0]?.report({ type: "failed", problem: problemOf("files.connectionLost") });
    expect(done).toEqual(["a.jpg"]);
    expect(phases()).toEqual(["done"]);
  });

  it("starts again after a lost connection, and does not believe the attempt before", () => {
    const { queue, transfers, done, phases } = handSender();
    const { id } = queue.add(file("a.jpg"), "attachment");
    transfers[0]?.report({ type: "failed", problem: problemOf("files.connectionLost") });
    expect(phases()).toEqual(["failed"]);
    queue.retry(id);
    expect(transfers).toHaveLength(2);
    transfers[0]?.report({ type: "failed", problem: problemOf("files.connectionLost") });
    transfers[0]?.report({ type: "answered", result: view("late.jpg") });
    expect(phases()).toEqual(["sending"]);
    transfers[1]?.report({ type: "answered", result: view("a.jpg") });
    expect(done).toEqual(["a.jpg"]);
  });

  it("is not sent again when the file itself was refused", () => {
    const { queue, transfers, phases } = handSender();
    const { id } = queue.add(file("a.exe"), "attachment");
    transfers[0]?.report({ type: "failed", problem: problemOf("files.typeNotAllowed") });
    queue.retry(id);
    queue.retryAll();
    expect(transfers).toHaveLength(1);
    expect(phases()).toEqual(["failed"]);
  });

  it("is refused before a byte is sent when it is empty or too large", () => {
    const { queue, transfers } = handSender();
    queue.add(file("empty.txt", 0), "attachment");
    queue.add(Object.defineProperty(file("huge.iso"), "size", { value: 200 * 1024 * 1024 }), "attachment");
    expect(transfers).toHaveLength(0);
    expect(queue.snapshot().map(({ phase }) => (phase.name === "failed" ? phase.problem.code : phase.name))).toEqual([
      "files.emptyFile",
      "files.tooLarge",
    ]);
  });

  it("carries its name composed, so that a Mac's 마루 and a PC's are one", () => {
    const { queue } = handSender();
    queue.add(file("마루.txt".normalize("NFD")), "attachment");
    expect(only(queue).fileName).toBe("마루.txt".normalize("NFC"));
  });
});

describe("the queue", () => {
  it("sends two at a time, in order, and goes on when one ends, fails or is removed", () => {
    const { queue, transfers } = handSender();
    const uploads = ["a", "b", "c", "d", "e"].map((name) => queue.add(file(name), "attachment"));
    const names = () => transfers.map(({ name }) => name).join("");
    expect(names()).toBe("ab");
    transfers[0]?.report({ type: "answered", result: view("a") });
    expect(names()).toBe("abc");
    transfers[1]?.report({ type: "failed", problem: problemOf("files.connectionLost") });
    expect(names()).toBe("abcd");
    queue.remove(uploads[2]?.id ?? "");
    expect(transfers[2]?.stopped).toBe(true);
    expect(names()).toBe("abcde");
  });

  it("hears nothing more of what was removed", () => {
    const { queue, transfers, done } = handSender();
    const { id } = queue.add(file("a"), "picture");
    queue.remove(id);
    transfers[0]?.report({ type: "answered", result: view("a") });
    expect(queue.snapshot()).toEqual([]);
    expect(done).toEqual([]);
  });

  it("gives a new list only when something changed", () => {
    const { queue, transfers } = handSender();
    queue.add(file("a", 10), "picture");
    const before = queue.snapshot();
    transfers[0]?.report({ type: "progressed", sentBytes: 0 });
    const same = queue.snapshot();
    transfers[0]?.report({ type: "progressed", sentBytes: 5 });
    expect(same[0]?.phase).toEqual(before[0]?.phase);
    expect(queue.snapshot()).not.toBe(same);
    expect(queue.snapshot().filter(isPending)).toHaveLength(1);
  });

  it("stops everything when its page is left", () => {
    const { queue, transfers } = handSender();
    queue.add(file("a"), "picture");
    queue.add(file("b"), "picture");
    queue.stop();
    expect(transfers.map(({ stopped }) => stopped)).toEqual([true, true]);
  });
});

describe("the server's answer", () => {
  it("is the file, a refusal with its code, or what the status says", () => {
    expect(readAnswer(201, JSON.stringify(view("a.jpg")))).toEqual(view("a.jpg"));
    expect(
      readAnswer(400, JSON.stringify({ error: { code: "files.contentMismatch", message: "x", details: {}, requestId: "r1" } })),
    ).toEqual({
      code: "files.contentMismatch",
      isFinal: true,
      requestId: "r1",
    });
    expect(readAnswer(413, "<html>nginx</html>")).toEqual({ code: "files.tooLarge", isFinal: true, requestId: null });
    expect(readAnswer(502, "")).toEqual({ code: "files.uploadFailed", isFinal: false, requestId: null });
    expect(readAnswer(201, JSON.stringify({ id: 7 }))).toEqual({ code: "files.uploadFailed", isFinal: false, requestId: null });
  });
});
