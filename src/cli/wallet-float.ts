import type { INestApplicationContext } from '@nestjs/common';
import { toMajorUnits } from '../kernel/money';
import { WalletFloat } from '../modules/analytics';
import { commandConfiguration, runCommand, withApplication } from './command';

/** Aligns the wallet float of the report with the wallets. Returns the message for the operator. */
export async function alignWalletFloat(app: Pick<INestApplicationContext, 'get'>): Promise<string> {
  const { held, counted } = await app.get(WalletFloat, { strict: false }).align();
  const sums = `The wallets hold ${toMajorUnits(held)}, and the report had ${toMajorUnits(counted)}.`;
  return held === counted ? `${sums} Nothing to do.` : `${sums} Corrected. Run it again to check.`;
}

async function main(): Promise<void> {
  await withApplication(commandConfiguration(), async (app) => console.log(await alignWalletFloat(app)));
}

if (require.main === module) void runCommand(main);
