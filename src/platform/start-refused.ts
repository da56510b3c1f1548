/**
 * A program cannot start, and its operator can fix the cause. The message is one line that says what is wrong and what
 * to do. It needs no stack trace.
 */
export abstract class StartRefused extends Error {
  constructor(message: string) {
    super(message.replace(/\s*\n\s*/g, ' '));
  }
}

/** What to print about the error that ends a program: one line, or an unexpected error with its stack trace. */
export function printable(error: unknown): unknown {
  return error instanceof StartRefused ? error.message : error;
}
