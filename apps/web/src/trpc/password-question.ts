/** Somebody is asked for her password, because a call was refused for want of it. */
export type PasswordQuestion = { readonly answer: (isConfirmed: boolean) => void };

let question: PasswordQuestion | null = null;
let waiting: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

const change = (next: PasswordQuestion | null) => {
  question = next;
  for (const listener of listeners) listener();
};

/** Asks for the password, once for all calls that wait for it; false when the person does not want to give it. */
export const askForPassword = (): Promise<boolean> => {
  waiting ??= new Promise<boolean>((resolve) => {
    change({
      answer: (isConfirmed) => {
        waiting = null;
        change(null);
        resolve(isConfirmed);
      },
    });
  });
  return waiting;
};

export const subscribeToQuestion = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const currentQuestion = (): PasswordQuestion | null => question;
