import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { type Read, readItem } from '../../../platform/dynamo/read';
import { type Condition, remove, update, type Write } from '../../../platform/dynamo/write';
import { InvalidCode, SecondFactorActive, SecondFactorAbsent } from '../domain/second-factor.errors';
import { secondFactorsTable } from '../user.schema';

/** The second factor of a user. It is active once it has a `secret`. */
export interface StoredSecondFactor {
  readonly userId: UserId;
  /** Encrypted. */
  readonly secret?: string;
  /** A secret that no code has confirmed yet; encrypted. */
  readonly pendingSecret?: string;
  /** The time step of the last code. Only codes of later steps are accepted, so none works twice. */
  readonly lastStep?: number;
  /** Hashes of the recovery codes that were not used. */
  readonly recoveryCodes?: Readonly<Record<string, true>>;
  readonly confirmedAt?: Instant;
}

export type ActiveSecondFactor = StoredSecondFactor & { readonly secret: string };

/**
 * A correct code: the time step to which it belongs, or the hash of a recovery code. With `encryptedAgain`, the secret as it
 * is to be stored from now on.
 */
export type Proof = { readonly step: number; readonly encryptedAgain?: string } | { readonly recoveryHash: string };

@Injectable()
export class SecondFactorRepository {
  private readonly table: string;

  constructor(database: Database) {
    this.table = database.tableName(secondFactorsTable);
  }

  readOf(userId: UserId): Read<StoredSecondFactor | undefined> {
    return readItem<StoredSecondFactor>(this.table, { userId });
  }

  /** Stores a secret to be confirmed, which replaces an earlier one: `auth.mfa_active`. */
  setUp(userId: UserId, pendingSecret: string): Write {
    const inactive = { condition: 'attribute_not_exists(secret)' };
    return update(this.table, { userId }, { set: { pendingSecret } }, inactive, () => new SecondFactorActive());
  }

  /** Activates the pending secret: `auth.mfa_active`; `auth.mfa_not_set_up` if this secret is no longer pending. */
  activate(
    { userId, pendingSecret }: StoredSecondFactor,
    step: number,
    recoveryHashes: readonly string[],
    confirmedAt: Instant,
  ): Write {
    const recoveryCodes = Object.fromEntries(recoveryHashes.map((hash) => [hash, true]));
    return update(
      this.table,
      { userId },
      { set: { secret: pendingSecret, lastStep: step, recoveryCodes, confirmedAt }, remove: ['pendingSecret'] },
      { condition: 'pendingSecret = :pending AND attribute_not_exists(secret)', values: { pending: pendingSecret } },
      (old) => (old?.secret ? new SecondFactorActive() : new SecondFactorAbsent()),
    );
  }

  /** Uses a code, which then no longer works: `auth.invalid_code` if another request has used it or a later one. */
  use(factor: ActiveSecondFactor, proof: Proof): Write {
    const key = { userId: factor.userId };
    const unused = unusedCondition(factor, proof);
    const change =
      'step' in proof
        ? { set: { lastStep: proof.step, ...(proof.encryptedAgain && { secret: proof.encryptedAgain }) } }
        : { remove: ['recoveryCodes.#code'] };
    return update(this.table, key, change, unused, () => new InvalidCode());
  }

  /** Removes the second factor with a code: `auth.invalid_code`, as `use`. */
  removeWith(factor: ActiveSecondFactor, proof: Proof): Write {
    return remove(this.table, { userId: factor.userId }, unusedCondition(factor, proof), () => new InvalidCode());
  }

  /** Removes the second factor without a code: `auth.mfa_not_set_up`. */
  remove(userId: UserId): Write {
    const active = { condition: 'attribute_exists(secret)' };
    return remove(this.table, { userId }, active, () => new SecondFactorAbsent());
  }
}

function unusedCondition({ secret }: ActiveSecondFactor, proof: Proof): Condition {
  return 'step' in proof
    ? { condition: 'secret = :secret AND lastStep < :step', values: { secret, step: proof.step } }
    : {
        condition: 'secret = :secret AND attribute_exists(recoveryCodes.#code)',
        names: { code: proof.recoveryHash },
        values: { secret },
      };
}
