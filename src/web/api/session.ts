import { ApiError } from './problem.ts';

interface Session {
  readonly accessToken: string;
  readonly userId: string;
  /** In milliseconds of this device's clock. */
  readonly expiresAt: number;
}

interface SessionBody {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly userId: string;
}

type Message = { readonly type: 'session'; readonly session: Session } | { readonly type: 'signed-out' };
export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out';

/**
 * Holds the id of the user who signed in last: a hint that a refresh is worth a request. The refresh token is in a cookie
 * that no script can read.
 */
const HINT = 'milkround:signed-in';
const LOCK = 'milkround:refresh';
/** A token that expires sooner is refreshed before use. */
const MARGIN_MILLISECONDS = 30_000;
/** Bad reception must not block all requests. Short, because a lost refresh can be repeated for 30 seconds only. */
const TIMEOUT_MILLISECONDS = 12_000;
const MESSAGE_TIMEOUT_MILLISECONDS = 1_000;
const HEADERS = { 'Content-Type': 'application/json', 'X-Session': 'cookie' };

const channel = new BroadcastChannel('milkround:session');
const listeners = new Set<() => void>();
/** The access token stays in memory. Other tabs get it through the channel. */
let session: Session | undefined;
let status: SessionStatus = localStorage.getItem(HINT) ? 'unknown' : 'signed-out';
let refreshing: Promise<Session | undefined> | undefined;

channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'session') keep(data.session);
  else forget();
});

export function sessionStatus(): SessionStatus {
  return status;
}

export function currentUserId(): string | undefined {
  return session?.userId;
}

/** The user of the session, also while it cannot be restored because there is no network. */
export function expectedUserId(): string | undefined {
  if (status === 'signed-out') return undefined;
  return session?.userId ?? localStorage.getItem(HINT) ?? undefined;
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the second factor; or a recovery code. */
  readonly totp?: string;
  readonly recoveryCode?: string;
}

export async function signIn(credentials: Credentials): Promise<void> {
  const response = await post('/user/login', credentials);
  if (!response.ok) throw ApiError.of(response, await response.json().catch(() => undefined));
  share(sessionOf((await response.json()) as SessionBody));
}

/** Signs out here and in other tabs. The session ends on this device even if the server cannot be reached. */
export async function signOut(): Promise<void> {
  // Not while a refresh is on its way, whose response would bring the session back.
  await navigator.locks.request(LOCK, async () => {
    await post('/user/logout', {}).catch(() => undefined);
    dropSession();
  });
}

/** Forgets the session in all tabs. */
export function dropSession(): void {
  forget();
  channel.postMessage({ type: 'signed-out' } satisfies Message);
}

/** A token that is still valid for a while. Undefined if no one is signed in. `network.unreachable`. */
export async function accessToken(): Promise<string | undefined> {
  if (isFresh(session)) return session.accessToken;
  if (status === 'signed-out') return undefined;
  return (await refresh())?.accessToken;
}

/** A token instead of one that the API refused. */
export async function replaceToken(refused: string): Promise<string | undefined> {
  if (session && session.accessToken !== refused) return session.accessToken;
  session = undefined;
  return status === 'signed-out' ? undefined : (await refresh())?.accessToken;
}

/** One refresh at a time, over all tabs: the tabs that waited take the token of the first. */
function refresh(): Promise<Session | undefined> {
  refreshing ??= refreshAlone().finally(() => (refreshing = undefined));
  return refreshing;
}

async function refreshAlone(): Promise<Session | undefined> {
  const refreshed = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) =>
    lock ? { session: await requestSession() } : undefined,
  );
  if (refreshed) return refreshed.session;
  return navigator.locks.request(LOCK, async () => {
    // The message of the tab that held the lock may still be on its way.
    if (!isFresh(session)) await nextMessage();
    if (sessionStatus() === 'signed-out') return undefined;
    return isFresh(session) ? session : requestSession();
  });
}

/** Waits until another tab shares its session. It may never do so, if its refresh failed. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(), MESSAGE_TIMEOUT_MILLISECONDS);
    channel.addEventListener(
      'message',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

async function requestSession(): Promise<Session | undefined> {
  const response = await post('/user/refresh', {});
  if (response.ok) return share(sessionOf((await response.json()) as SessionBody));
  // Anything else than a refusal passes: the session may still be good.
  if (response.status !== 401 && response.status !== 403)
    throw ApiError.of(response, await response.json().catch(() => undefined));
  dropSession();
  return undefined;
}

function post(path: string, body: object): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  return fetch(path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body), signal }).catch(() => {
    throw ApiError.unreachable();
  });
}

function sessionOf({ accessToken, expiresIn, userId }: SessionBody): Session {
  return { accessToken, userId, expiresAt: Date.now() + expiresIn * 1_000 };
}

function isFresh(candidate: Session | undefined): candidate is Session {
  return candidate !== undefined && candidate.expiresAt - MARGIN_MILLISECONDS > Date.now();
}

function share(received: Session): Session {
  keep(received);
  channel.postMessage({ type: 'session', session: received } satisfies Message);
  return received;
}

function keep(received: Session): void {
  session = received;
  localStorage.setItem(HINT, received.userId);
  setStatus('signed-in');
}

function forget(): void {
  session = undefined;
  localStorage.removeItem(HINT);
  setStatus('signed-out');
}

function setStatus(next: SessionStatus): void {
  status = next;
  for (const listener of listeners) listener();
}
