import { createMilkroundClient, nextCursor, type Schemas } from '../../../infra/client/client.mts';
import { ApiError } from './problem.ts';
import { accessToken, replaceToken } from './session.ts';
import { askForCode, isStepUpReason } from './step-up.ts';

export type { Schemas };

/** The API with the token of the session. Requests without a session are anonymous. */
export const api = createMilkroundClient({ baseUrl: location.origin, fetch: send });

/** Sends a request again once the user has given the code that it needs. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await sendSignedIn(request);
  if (response.status !== 403) return response;
  const code = await codeOf(response);
  return isStepUpReason(code) && (await askForCode(code)) ? sendSignedIn(again) : response;
}

/** Sends a request again with a new token if the first one has expired or was revoked. */
async function sendSignedIn(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await accessToken();
  const response = await authorised(request, token);
  if (response.status !== 401 || token === undefined) return response;
  // A wrong password or code is a 401 too. Sent again, it would count twice.
  if ((await codeOf(response)) !== 'auth.unauthenticated') return response;
  const next = await replaceToken(token);
  return next === undefined ? response : authorised(again, next);
}

async function codeOf(response: Response): Promise<unknown> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { readonly code?: unknown } | undefined;
  return problem?.code;
}

async function authorised(request: Request, token: string | undefined): Promise<Response> {
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw ApiError.unreachable();
  }
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a response. Throws `ApiError`. */
export async function bodyOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw ApiError.of(response, error);
  return data as T;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** One page of a list, with the cursor of the next. Throws `ApiError`. */
export async function pageOf<T>(answer: Promise<Answer<T[]>>): Promise<Page<T>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw ApiError.of(response, error);
  return { items: data ?? [], next: nextCursor(response) };
}

/** As `pageOf`, of a list that is a part of the body. */
export async function pageWithin<T, U>(
  answer: Promise<Answer<T>>,
  itemsOf: (body: T) => readonly U[],
): Promise<Page<U>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw ApiError.of(response, error);
  return { items: itemsOf(data as T), next: nextCursor(response) };
}
