import { Injectable } from '@nestjs/common';
import { addDays, Calendar, type Instant, type LocalDate, MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { InvalidRequest } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { NotYourDeliveries } from '../delivery';
import { UserNotFound, UserService } from '../user';
import { issue, type IssuedManifest, plannedOrderOf } from './domain/amendment';
import type { ManifestKey } from './domain/manifest';
import { CourierMissing, ManifestChanged } from './domain/manifest.errors';
import { type NumberedManifest, numberedManifest } from './domain/numbered-manifest';
import { type ManifestContents, ManifestContentsService } from './manifest-contents.service';
import { ManifestRepository } from './manifest.repository';

export interface ManifestRequest {
  /** Default: the caller, if a courier. */
  readonly courierId?: UserId;
  /** Local date of the delivery slots. Default: today. */
  readonly date?: LocalDate;
}

const MAX_DAYS_AGO = 92;
/** A slot near midnight can be on one more date. */
const MAX_DAYS_AHEAD = MAX_SLOT_DAYS_AHEAD + 1;

/** The manifests of couriers: what each brings on a date, in the order of the stops. See ADR 38. */
@Injectable()
export class ManifestService {
  constructor(
    private readonly repository: ManifestRepository,
    private readonly contents: ManifestContentsService,
    private readonly users: UserService,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The manifest of a courier for a date, as of now. Amounts are in minor units. It has the last number if nothing
   * changed since, else it gets the next one. Before the orders of the date are generated, it is a draft without a
   * number.
   *
   * Errors: `auth.not_owner` if a courier names another courier, `manifest.courier_missing` if an admin names none,
   * `request.invalid` for a date too far away, `user.not_found`, `manifest.too_large`.
   */
  async get(caller: Caller, request: ManifestRequest): Promise<NumberedManifest> {
    const manifest = this.manifestFor(caller, request);
    return retryOnConflict(ManifestChanged, () => this.current(manifest));
  }

  /** The same, for a file that leaves the program. Emits `report.exported`. */
  async export(caller: Caller, request: ManifestRequest): Promise<NumberedManifest> {
    const manifest = await this.get(caller, request);
    const { courierId, date } = manifest;
    await this.transaction.commit(
      [],
      [{ type: 'report.exported', report: 'manifest', from: date, to: date, courierId }],
    );
    return manifest;
  }

  /** From now on, the manifests of a date get numbers. Idempotent. */
  async beginNumbering(date: LocalDate, generatedAt: Instant): Promise<void> {
    await this.transaction.commit([this.repository.recordGenerated(date, generatedAt)]);
  }

  private manifestFor(caller: Caller, { courierId, date }: ManifestRequest): ManifestKey {
    const isCourier = caller.role === 'COURIER';
    if (isCourier && courierId !== undefined && courierId !== caller.userId) throw new NotYourDeliveries();
    const courier = isCourier ? caller.userId : courierId;
    if (courier === undefined) throw new CourierMissing();
    const today = this.today();
    if (date !== undefined && (date < addDays(today, -MAX_DAYS_AGO) || date > addDays(today, MAX_DAYS_AHEAD))) {
      const message = `date must be at most ${MAX_DAYS_AGO} days ago and at most ${MAX_DAYS_AHEAD} days ahead`;
      throw new InvalidRequest([{ field: 'date', message }]);
    }
    return { courierId: courier, date: date ?? today };
  }

  /** Reads the last number before the contents, so that no number has older contents than the one before. */
  private async current(manifest: ManifestKey): Promise<NumberedManifest> {
    const { courierId, date } = manifest;
    const [courier, last, isGenerated] = await this.database.batchGet([
      this.users.contactReadOf(courierId),
      this.repository.readOf(manifest),
      this.repository.isGeneratedReadOf(date),
    ]);
    if (!courier) throw new UserNotFound(courierId);
    const contents = await this.contents.load(manifest, last);
    // A courier leaves with a numbered sheet on the day itself, even if generation is late.
    const isDraft = !isGenerated && !last && date > this.today();
    const issued = isDraft ? undefined : await this.issue(manifest, last, contents);
    const state = { isDraft, readAt: this.clock.now() };
    return numberedManifest(manifest, courier, contents.orders, issued, state, contents.nameOf);
  }

  private async issue(
    manifest: ManifestKey,
    last: IssuedManifest | undefined,
    { orders, reasonOf }: ManifestContents,
  ): Promise<IssuedManifest | undefined> {
    const next = issue(last, orders.map(plannedOrderOf), reasonOf, this.clock.now());
    if (next && next !== last) await this.transaction.commit([this.repository.issue(manifest, next, last)]);
    return next;
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
