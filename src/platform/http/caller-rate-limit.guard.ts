import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { UserId } from '../../kernel/ids';
import type { AuthenticatedRequest } from '../auth/caller';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { RateLimitExceeded } from './rate-limit';

const WINDOW_MILLISECONDS = 60_000;
/** Bounds the memory. The caller whose last request is the longest ago is forgotten first. */
const MAX_CALLERS = 20_000;

interface Window {
  count: number;
  /** Real time, in milliseconds. */
  readonly endsAt: number;
}

/**
 * Limits the requests per minute of each signed-in user. Every task counts on its own, so it costs no round trip. Runs
 * after AccessGuard, which identifies the caller, and before guards that read the database.
 */
@Injectable()
export class CallerRateLimitGuard implements CanActivate {
  private readonly windows = new LRUCache<UserId, Window>({ max: MAX_CALLERS });

  constructor(
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { user } = http.getRequest<AuthenticatedRequest>();
    if (!user || !this.config.rateLimits) return true;
    const limit = user.role === 'CUSTOMER' ? this.config.customerRequestsPerMinute : this.config.staffRequestsPerMinute;
    const window = this.windowOf(user.userId);
    const secondsLeft = Math.ceil((window.endsAt - this.clock.realNow()) / 1_000);
    if (window.count >= limit) throw new RateLimitExceeded(secondsLeft, limit);
    window.count++;
    showLimit(http.getResponse<FastifyReply>(), limit, limit - window.count, secondsLeft);
    return true;
  }

  private windowOf(userId: UserId): Window {
    const now = this.clock.realNow();
    const current = this.windows.get(userId);
    if (current && current.endsAt > now) return current;
    const next = { count: 0, endsAt: now + WINDOW_MILLISECONDS };
    this.windows.set(userId, next);
    return next;
  }
}

/** A route with its own limit shows that one, which is lower. */
function showLimit(reply: FastifyReply, limit: number, remaining: number, secondsLeft: number): void {
  if (reply.hasHeader('RateLimit-Limit')) return;
  reply.headers({ 'RateLimit-Limit': limit, 'RateLimit-Remaining': remaining, 'RateLimit-Reset': secondsLeft });
}
