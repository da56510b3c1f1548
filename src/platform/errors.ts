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

/** Figures and ids that help the caller to act; shown beside `code` in the answer. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A failure the caller can understand: what is wrong, and the way out. Everything else is a 500. */
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

  /** Two failures of one transaction told as one; by default the first is told. */
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
    /** How many are allowed in the time that is counted. */
    readonly limit: number,
  ) {
    super(message);
  }
}

export interface FieldError {
  field: string;
  message: string;
}

/** The request itself is wrong; each field says how. */
export class InvalidRequest extends Invalid {
  static override readonly code = 'request.invalid';

  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ message }) => message).join('; '), { errors });
  }
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
    super('This has changed since you read it: read it again, and send its new ETag in If-Match.');
  }
}

export class Unavailable extends DomainError {
  static override readonly kind = 'unavailable';
  static override readonly code: string = 'service.unavailable';
  readonly retryAfterSeconds: number = 2;

  constructor(message = 'A part that this request needs does not answer: try again in a moment.') {
    super(message);
  }
}

/** Nothing is out of order: it only is not the moment, since more is under way, or all is coming to its end. */
export class Busy extends Unavailable {}
