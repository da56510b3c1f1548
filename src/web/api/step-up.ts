/** Why a request was refused to an admin: no code was given in this session, or the last one is too old. */
export type StepUpReason = 'auth.mfa_required' | 'auth.step_up_required';

interface StepUp {
  readonly reason: StepUpReason;
  readonly answer: (isGiven: boolean) => void;
  readonly isGiven: Promise<boolean>;
}

const listeners = new Set<() => void>();
let current: StepUp | undefined;

/** Registers the dialog that asks for the code. */
export function onStepUp(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Why a code is needed now. Undefined while none is. */
export function stepUpReason(): StepUpReason | undefined {
  return current?.reason;
}

/** Ends the question: all requests that wait for a code are repeated, or stay refused. */
export function answerStepUp(isGiven: boolean): void {
  current?.answer(isGiven);
  set(undefined);
}

/** Asks for a code, once for all requests that need one. False if it was not given, or if this app has no dialog. */
export function askForCode(reason: StepUpReason): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  if (current) return current.isGiven;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  set({ reason, answer: resolve, isGiven: promise });
  return promise;
}

export function isStepUpReason(code: unknown): code is StepUpReason {
  return code === 'auth.mfa_required' || code === 'auth.step_up_required';
}

function set(next: StepUp | undefined): void {
  current = next;
  for (const listener of listeners) listener();
}
