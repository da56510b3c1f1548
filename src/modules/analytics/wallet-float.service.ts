import { Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { MinorUnits } from '../../kernel/money';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { WalletService } from '../wallet';
import { monthOf, monthsBefore, nextMonthOf } from './domain/months';
import { FigureRepository } from './figure.repository';

const PAGE_SIZE = 500;

/** The money in wallets, as the report counts it from movements. */
@Injectable()
export class WalletFloat {
  constructor(
    private readonly figures: FigureRepository,
    private readonly wallets: WalletService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** What the wallets held at the beginning of a month, `YYYY-MM`. In minor units. */
  async atBeginningOf(month: string): Promise<MinorUnits> {
    const [opening, counted] = await Promise.all([
      this.figures.openingFloat(),
      this.figures.walletChangeOf(monthsBefore(month)),
    ]);
    return opening + counted;
  }

  /**
   * Sets what the wallets held before the first movement that was counted, so that the float equals their sum. Reads all
   * wallets. Call it while no money moves and the analytics queue is empty. Throws if a movement was counted meanwhile.
   * Returns both sums, in minor units.
   */
  async align(): Promise<{ readonly held: MinorUnits; readonly counted: MinorUnits }> {
    const [opening, moved] = await Promise.all([this.figures.openingFloat(), this.movedSoFar()]);
    let held = 0;
    for await (const wallets of iteratePages(PAGE_SIZE, (page) => this.wallets.scanWallets(page))) {
      for (const { balance } of wallets) held += balance;
    }
    if ((await this.movedSoFar()) !== moved)
      throw new Error('Money moved meanwhile. Nothing was changed. Run it again.');
    await this.figures.setOpeningFloat(held - moved);
    return { held, counted: opening + moved };
  }

  private movedSoFar(): Promise<MinorUnits> {
    return this.figures.walletChangeOf(monthsBefore(nextMonthOf(monthOf(this.today()))), { consistent: true });
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
