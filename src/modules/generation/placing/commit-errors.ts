import { isUnavailable } from '../../../platform/aws-errors';
import { ShuttingDown } from '../../../platform/shutdown/shutdown-signal';
import { isLineRefusal } from '../../product';
import { SubscriptionConflict } from '../../subscription';
import { InsufficientBalance, WalletChanged } from '../../wallet';
import { RunConflict, ShardProgressConflict } from '../domain/generation.errors';

const CONFLICTS = [SubscriptionConflict, WalletChanged, InsufficientBalance];
const TRANSIENT = [ShardProgressConflict, RunConflict, ShuttingDown];

/** Whether a subscription, a wallet or a product has changed since it was read, so that it must be decided again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.some((conflict) => error instanceof conflict) || isLineRefusal(error);
}

/**
 * Whether the cause lies outside what was written: another worker has the shard, the process is shutting down, or a
 * dependency does not respond. Such an error ends the work on the shard, and a retry continues it.
 */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.some((transient) => error instanceof transient) || isUnavailable(error);
}
