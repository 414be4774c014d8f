// The depth at which the proofs run: `npm test` takes a sample of each, always the same one; `npm run prove` goes all the way, with a new
// seed each time that stands beside the figures.

/** True in `npm run prove`. */
export const isFullDepth = process.env.PROVE === "1";

/** What everything random in a proof is drawn from. `PROVE_SEED=<seed>` repeats a run. */
export const seed = Number(process.env.PROVE_SEED ?? 20_261_120);

type Depths<Value> = { readonly sample: Value; readonly full: Value };

/** How much of a proof runs: the sample in `npm test`, everything in `npm run prove`. */
export const atDepth = <Value>({ sample, full }: Depths<Value>): Value => (isFullDepth ? full : sample);

/** Runs a proof and, when it fails, says which seed repeats the failure. */
export const withSeed = async (proof: () => Promise<void>): Promise<void> => {
  try {
    await proof();
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    failure.message += `\n(seed ${seed}: PROVE_SEED=${seed} repeats it)`;
    throw failure;
  }
};
