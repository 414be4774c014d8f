import { setFlagsFromString } from "node:v8";

// Prisma's query compiler is WebAssembly. Its optimised code costs a process 80 MB of memory; the baseline code does as well for us, because
// the hot reads and writes are typed SQL that never reaches the compiler. Imported before anything that compiles it.
setFlagsFromString("--liftoff-only");
