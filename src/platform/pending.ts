/** The response 202 to a request whose result is not there yet. */
export class Pending<T = unknown> {
  constructor(
    readonly body: T,
    readonly retryAfterSeconds: number,
    /** Path that shows the progress. */
    readonly location?: string,
  ) {}
}
