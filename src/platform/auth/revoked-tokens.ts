import { Injectable } from '@nestjs/common';
import type { Caller } from './caller';

/** Returns whether the access token of a caller has ended before it expires. Reads only memory. */
export type RevocationCheck = (caller: Caller) => boolean;

/** Lets the user module tell AccessGuard which access tokens have ended, because the platform imports no module. */
@Injectable()
export class RevokedTokens {
  private readonly checks: RevocationCheck[] = [];

  register(check: RevocationCheck): void {
    this.checks.push(check);
  }

  includeTokenOf(caller: Caller): boolean {
    return this.checks.some((check) => check(caller));
  }
}
