export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'unprocessable'
  | 'too_many_requests'
  | 'unavailable';

/** Figures and ids that help the caller to act. The response shows them beside `code`. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A failure that the caller can act on. The message says what is wrong and what to do. Every other error is a 500. */
export abstract class DomainError extends Error {
  static readonly kind: ErrorKind;
  static readonly code: string;

  constructor(
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
  }

  get kind(): ErrorKind {
    return (this.constructor as typeof DomainError).kind;
  }

  get code(): string {
    return (this.constructor as typeof DomainError).code;
  }

  /** One error for two failures of one transaction. By default the first. */
  combinedWith(_other: DomainError): DomainError {
    return this;
  }
}

export type DomainErrorClass = Pick<typeof DomainError, 'kind' | 'code'>;

export abstract class Invalid extends DomainError {
  static override readonly kind = 'invalid';
}
export abstract class Unauthenticated extends DomainError {
  static override readonly kind = 'unauthenticated';
}
export abstract class Forbidden extends DomainError {
  static override readonly kind = 'forbidden';
}
export abstract class NotFound extends DomainError {
  static override readonly kind = 'not_found';
}
export abstract class Conflict extends DomainError {
  static override readonly kind = 'conflict';
}
export abstract class Unprocessable extends DomainError {
  static override readonly kind = 'unprocessable';
}
export abstract class TooManyRequests extends DomainError {
  static override readonly kind = 'too_many_requests';

  constructor(
    message: string,
    readonly retryAfterSeconds: number,
    /** Number of requests allowed in the window. */
    readonly limit: number,
  ) {
    super(message);
  }
}

export class RateLimitExceeded extends TooManyRequests {
  static override readonly code = 'request.too_many';
  constructor(retryAfterSeconds: number, limit: number) {
    super('Too many requests. Try again after the number of seconds in Retry-After.', retryAfterSeconds, limit);
  }
}

export interface FieldError {
  field: string;
  message: string;
}

/** The number of errors that a response lists at most. */
export const MAX_LISTED_ERRORS = 20;
const MAX_ERRORS_IN_DETAIL = 5;
const MAX_ERROR_TEXT_LENGTH = 200;

/**
 * The request is malformed. Each entry names a field and the rule it breaks. Clients may send any number of fields, with
 * names of any length, so the list and its texts are bounded: a response must not be much larger than its request.
 */
export class InvalidRequest extends Invalid {
  static override readonly code = 'request.invalid';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    const listed = errors
      .slice(0, MAX_LISTED_ERRORS)
      .map(({ field, message }) => ({ field: shortened(field), message: shortened(message) }));
    super(detailOf(listed, errors.length), { errors: listed });
    this.errors = listed;
  }
}

function detailOf(listed: readonly FieldError[], count: number): string {
  const messages = listed.slice(0, MAX_ERRORS_IN_DETAIL).map(({ message }) => message);
  const rest = count - messages.length;
  return [...messages, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function shortened(text: string): string {
  return text.length > MAX_ERROR_TEXT_LENGTH ? `${text.slice(0, MAX_ERROR_TEXT_LENGTH)}…` : text;
}

export class RequestTooLarge extends DomainError {
  static override readonly kind = 'too_large';
  static override readonly code = 'request.too_large';
}

/** The entity has changed since the caller read it. */
export class StaleVersion extends DomainError {
  static override readonly kind = 'precondition_failed';
  static override readonly code = 'request.stale';

  constructor() {
    super('The data has changed since you read it. Read it again and send the new ETag in If-Match.');
  }
}

export class Unavailable extends DomainError {
  static override readonly kind = 'unavailable';
  static override readonly code: string = 'service.unavailable';
  readonly retryAfterSeconds: number = 2;

  constructor(message = 'A required service is temporarily unavailable. Try again in a moment.') {
    super(message);
  }
}

/** No dependency failed: this task is overloaded or shutting down. */
export class Busy extends Unavailable {}
