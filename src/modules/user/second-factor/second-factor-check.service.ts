import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import type { Write } from '../../../platform/dynamo/write';
import { CodeRequired, InvalidCode } from '../domain/second-factor.errors';
import { ThrottleService } from '../throttle/throttle.service';
import { recoveryHashOf } from './recovery-codes';
import { type ActiveSecondFactor, type Proof, SecondFactorRepository } from './second-factor.repository';
import { TotpCodes } from './totp-codes.service';

/** What a person sends to prove their second factor: the code of their app, or a recovery code. */
export interface CodeGuess {
  readonly code?: string;
  readonly recoveryCode?: string;
}

/** A correct code, and how to commit its use. */
export interface Proven {
  /** The code is used up: `auth.invalid_code` if another request was faster. */
  readonly useWrites: readonly (Write | undefined)[];
  /** The code is used up, and the second factor is removed. */
  readonly removeWrites: readonly (Write | undefined)[];
}

/** Checks codes. Each works once, and ten wrong ones within fifteen minutes lock the second factor of an account. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorRepository,
    private readonly codes: TotpCodes,
    private readonly throttle: ThrottleService,
  ) {}

  /**
   * Runs `commit` with a correct code, which it must use up: `auth.code_required` without a code, `auth.invalid_code`,
   * `auth.too_many_attempts`.
   */
  async withProof<T>(userId: UserId, guess: CodeGuess, commit: (proven: Proven) => Promise<T>): Promise<T> {
    if (guess.code === undefined && guess.recoveryCode === undefined) throw new CodeRequired();
    return this.throttle.limitCodes(userId, async (releaseAttempt) => {
      const factor = await this.database.get(this.factors.readOf(userId));
      if (!factor?.secret) throw new InvalidCode();
      const active: ActiveSecondFactor = { ...factor, secret: factor.secret };
      const proof = this.proofOf(active, guess);
      if (!proof) throw new InvalidCode();
      return commit({
        useWrites: [this.factors.use(active, proof), releaseAttempt],
        removeWrites: [this.factors.removeWith(active, proof), releaseAttempt],
      });
    });
  }

  private proofOf(
    { userId, secret, recoveryCodes = {} }: ActiveSecondFactor,
    { code, recoveryCode = '' }: CodeGuess,
  ): Proof | undefined {
    if (code !== undefined) {
      const step = this.codes.stepOf(userId, secret, code);
      return step === undefined ? undefined : { step, encryptedAgain: this.codes.encryptedAgain(userId, secret) };
    }
    const recoveryHash = recoveryHashOf(userId, recoveryCode);
    return Object.hasOwn(recoveryCodes, recoveryHash) ? { recoveryHash } : undefined;
  }
}
