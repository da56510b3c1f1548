import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LRUCache } from 'lru-cache';
import { createdAtOf, type UserId } from '../../../kernel/ids';
import type { Caller } from '../../../platform/auth/caller';
import { RevokedTokens } from '../../../platform/auth/revoked-tokens';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { Write } from '../../../platform/dynamo/write';
import { declareMetric, Metrics } from '../../../platform/telemetry/metrics';
import {
  type AccessRevocation,
  AccessRevocationRepository,
  type Revocation,
  type SessionRevocation,
} from './access-revocation.repository';
import { ACCESS_TOKEN_SECONDS, type TokenOwner } from './session-tokens.service';

/** Other tasks accept a revoked token until their next poll. */
const POLL_INTERVAL_MILLISECONDS = 3_000;
/** A revocation may be committed later than its id says, and the clocks of two tasks may differ. */
const OVERLAP_MILLISECONDS = 60_000;
/** Tokens from before a revocation have expired after that. */
const KEPT_MILLISECONDS = ACCESS_TOKEN_SECONDS * 1_000 + OVERLAP_MILLISECONDS;
const STORED_SECONDS = 3_600;
const MAX_KEPT = 50_000;

/** Polls that failed. Each task polls about a hundred times in five minutes. */
const POLL_FAILED = declareMetric('RevocationPollFailed', { unit: 'Count', kind: 'count' });

/**
 * The users and sessions whose access tokens ended before they expired. The list is in memory, so that no request reads
 * it from the database. The task that revokes knows at once, the others with their next poll.
 */
@Injectable()
export class AccessRevocations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AccessRevocations.name);
  private readonly latest = new LRUCache<UserId, AccessRevocation>({ max: MAX_KEPT, ttl: KEPT_MILLISECONDS });
  private readonly endedSessions = new LRUCache<string, true>({ max: MAX_KEPT, ttl: KEPT_MILLISECONDS });
  private readonly listeners: ((userId: UserId) => void)[] = [];
  private loadedAt?: number;
  private timer?: NodeJS.Timeout;
  private polling?: Promise<void>;
  private isFailing = false;

  constructor(
    private readonly repository: AccessRevocationRepository,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    revokedTokens: RevokedTokens,
  ) {
    revokedTokens.register((caller) => this.hasRevoked(caller));
  }

  /** Loads the list before the server listens. A one-off command has no server. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.adapterHost.httpAdapter || !this.config.roles.has('api')) return;
    await this.load();
    this.timer = setInterval(() => void this.poll(), POLL_INTERVAL_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.polling;
  }

  /** The write that ends the access tokens of a user. It belongs to the transaction that raises their access version. */
  revoke({ userId, accessVersion = 0 }: Pick<TokenOwner, 'userId' | 'accessVersion'>): Write {
    return this.revocationWrite({ userId, accessVersion: accessVersion + 1 });
  }

  /** The write that ends the access tokens of one session. It belongs to the transaction that deletes the session. */
  revokeSession(sessionId: string): Write {
    return this.revocationWrite({ sessionId });
  }

  /** Whether the access token of a caller has ended before it expires. */
  private hasRevoked({ userId, token, sessionId }: Caller): boolean {
    if (sessionId !== undefined && this.endedSessions.has(sessionId)) return true;
    const revocation = token && this.latest.get(userId);
    if (!revocation) return false;
    return token.version === undefined
      ? token.issuedAt < Math.floor(createdAtOf(revocation.revocationId) / 1_000)
      : token.version < revocation.accessVersion;
  }

  /** Adds a listener that is called when the access of a user has changed. */
  onRevoked(listener: (userId: UserId) => void): void {
    this.listeners.push(listener);
  }

  /** Reads what other tasks have revoked. Keeps the last list if that fails. */
  async poll(): Promise<void> {
    this.polling ??= this.tryToLoad().finally(() => (this.polling = undefined));
    await this.polling;
  }

  private async tryToLoad(): Promise<void> {
    try {
      await this.load();
      this.isFailing = false;
    } catch (error) {
      this.metrics.record(POLL_FAILED, 1);
      if (!this.isFailing) this.logger.warn({ err: error }, 'Access revocations not read, keeping the last list');
      this.isFailing = true;
    }
  }

  private async load(): Promise<void> {
    const now = this.clock.realNow();
    const from = this.loadedAt === undefined ? now - KEPT_MILLISECONDS : this.loadedAt - OVERLAP_MILLISECONDS;
    for await (const revocations of this.repository.since(from)) {
      for (const revocation of revocations) this.add(revocation);
    }
    this.loadedAt = now;
  }

  private revocationWrite(
    subject: Pick<AccessRevocation, 'userId' | 'accessVersion'> | Pick<SessionRevocation, 'sessionId'>,
  ): Write {
    const expiresAt = Math.ceil(this.clock.realNow() / 1_000) + STORED_SECONDS;
    const revocation = { revocationId: this.repository.newId(), ...subject, expiresAt };
    return { ...this.repository.add(revocation), afterCommit: () => this.add(revocation) };
  }

  private add(revocation: Revocation): void {
    if ('sessionId' in revocation) this.endedSessions.set(revocation.sessionId, true);
    else this.addForUser(revocation);
  }

  private addForUser(revocation: AccessRevocation): void {
    const { userId, accessVersion } = revocation;
    if ((this.latest.peek(userId)?.accessVersion ?? 0) >= accessVersion) return;
    this.latest.set(userId, revocation);
    for (const listener of this.listeners) listener(userId);
  }
}
