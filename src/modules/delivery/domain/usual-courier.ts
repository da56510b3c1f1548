import type { UserId } from '../../../kernel/ids';

/** The courier who usually delivers to a customer. A temporary assignment does not change it. */
export interface UsualCourier {
  readonly courierId: UserId;
  /** Delivers while the usual courier is blocked, so that the customer does not meet another one every day. */
  readonly substituteId?: UserId;
}

/** A courier whom the dairy knows. A blocked one may come back. */
export interface KnownCourier {
  readonly userId: UserId;
  readonly blocked: boolean;
}

export interface CourierChoice {
  /** Undefined if no courier is active. */
  readonly courierId?: UserId;
  /** What to store for the customer. Undefined if nothing changes. */
  readonly usual?: UsualCourier;
}

/**
 * Chooses the courier of a delivery: the usual one if active. While that one is blocked, their substitute. If the
 * customer has no usual courier, or theirs is no longer a courier, the chosen one becomes the usual courier. Couriers
 * never deliver their own orders, whose failure would refund them. `nextInTurn` chooses among the active couriers.
 */
export function chooseCourier(
  customerId: UserId,
  usual: UsualCourier | undefined,
  allCouriers: readonly KnownCourier[],
  nextInTurn: (active: readonly UserId[]) => UserId,
): CourierChoice {
  const couriers = allCouriers.filter(({ userId }) => userId !== customerId);
  const active = couriers.filter(({ blocked }) => !blocked).map(({ userId }) => userId);
  if (usual && active.includes(usual.courierId)) return { courierId: usual.courierId };
  if (active.length === 0) return {};
  const substituteId = active.find((userId) => userId === usual?.substituteId);
  const courierId = substituteId ?? nextInTurn(active);
  const mayComeBack = usual && couriers.some(({ userId }) => userId === usual.courierId);
  if (!mayComeBack) return { courierId, usual: { courierId } };
  return { courierId, usual: substituteId ? undefined : { courierId: usual.courierId, substituteId: courierId } };
}
