import type { LocalDate } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { Conflict, Invalid } from '../../../platform/errors';

export class CourierMissing extends Invalid {
  static override readonly code = 'manifest.courier_missing';
  constructor() {
    const message = 'courierId is missing. Send the id of a courier: GET /admin/users?role=COURIER lists them.';
    super(message, { errors: [{ field: 'courierId', message }] });
  }
}

export class ManifestTooLarge extends Conflict {
  static override readonly code = 'manifest.too_large';
  constructor(courierId: UserId, date: LocalDate, max: number) {
    super(
      `${courierId} has more than ${max} deliveries on ${date}. Assign some to other couriers: POST /delivery/assign.`,
      { courierId, date },
    );
  }
}

/** Another request has given the manifest a number since it was read. Read it again and retry. */
export class ManifestChanged extends Error {}
