let last = 0;

/** A number that no other row of this process has, for what must be unique and is of no interest to the test. */
export const nextNumber = (): number => {
  last += 1;
  return last;
};
