import type { Visit } from "./visit";

type Output = { write(line: string): unknown };

/**
 * One line per request, written by hand: the general log looks for secrets in every object it is given, which costs more than a small
 * answer. Here every field is known, and the query is left out, because inputs stand in it.
 */
export const createAccessLog = (output: Output) => {
  let second = 0;
  let prefix = "";
  const time = (now: number): string => {
    const current = Math.floor(now / 1000);
    if (current !== second) {
      second = current;
      prefix = new Date(current * 1000).toISOString().slice(0, 20);
    }
    return `${prefix}${String(now % 1000).padStart(3, "0")}Z`;
  };
  return (visit: Visit, status: number): void => {
    const ms = Math.round((performance.now() - visit.startedAt) * 100) / 100;
    const person = visit.personId ? `,"personId":"${visit.personId}"` : "";
    const path = JSON.stringify(visit.path.length > 300 ? visit.path.slice(0, 300) : visit.path);
    output.write(
      `{"level":"info","time":"${time(Date.now())}","service":"web","requestId":"${visit.requestId}","method":"${visit.request.method}","path":${path},"door":"${visit.door}","status":${status},"ms":${ms}${person},"msg":"request"}\n`,
    );
  };
};
