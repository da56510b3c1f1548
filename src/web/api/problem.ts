/** A refusal of the API (RFC 9457), or a failure to reach it: then `status` is 0. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: readonly { readonly field: string; readonly message: string }[] = [],
    /** Further facts of the problem, such as `firstOpenDate`. */
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
    this.name = 'ApiError';
  }

  /** Whether the same request may succeed later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** Whether the change may have taken effect, or may still do so: it must be tried again with the same key. */
  get isUndecided(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.isInProgress;
  }

  /** Whether the API still works on an earlier try of the same request. */
  get isInProgress(): boolean {
    return this.code === 'idempotency.in_progress';
  }

  /** Whether someone else changed the object first, so that the page shows an old state. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }

  static unreachable(): ApiError {
    return new ApiError(0, 'network.unreachable', '');
  }

  static of(response: Response, problem: unknown): ApiError {
    const { code, detail, errors, ...facts } = (problem ?? {}) as Record<string, unknown>;
    const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return new ApiError(
      response.status,
      typeof code === 'string' ? code : `http.${response.status}`,
      typeof detail === 'string' ? detail : response.statusText,
      Array.isArray(errors) ? (errors as { field: string; message: string }[]) : [],
      facts,
      Number.isFinite(seconds) ? seconds : undefined,
    );
  }
}
