import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isStaff } from '../../kernel/roles';
import type { AuthenticatedRequest } from '../auth/caller';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { MinuteCounter, type Remaining } from './minute-counter';

/**
 * Limits the requests per minute of each signed-in user. Every task counts on its own. Runs after AccessGuard, which
 * identifies the caller and refuses revoked tokens, and before guards that read the database.
 */
@Injectable()
export class CallerRateLimitGuard implements CanActivate {
  private readonly requests: MinuteCounter;

  constructor(
    clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    this.requests = new MinuteCounter(clock);
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { user } = http.getRequest<AuthenticatedRequest>();
    if (!user || !this.config.rateLimits) return true;
    const { userRequestsPerMinute, staffRequestsPerMinute } = this.config;
    const limit = isStaff(user.role) ? staffRequestsPerMinute : userRequestsPerMinute;
    showLimit(http.getResponse<FastifyReply>(), limit, this.requests.add(user.userId, limit));
    return true;
  }
}

/** A route with its own limit shows that one, which is lower. */
function showLimit(reply: FastifyReply, limit: number, { remaining, secondsLeft }: Remaining): void {
  if (reply.hasHeader('RateLimit-Limit')) return;
  reply.headers({ 'RateLimit-Limit': limit, 'RateLimit-Remaining': remaining, 'RateLimit-Reset': secondsLeft });
}
