import type { DomainEvent } from '../../../src/events/event-map';
import { newPaymentId } from '../../../src/modules/payment/domain/ids';
import { type Movement, type Posting, type Wallet, WalletMovements, WalletService } from '../../../src/modules/wallet';
import { Database } from '../../../src/platform/dynamo/database';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { EventRecorder } from '../../support/measure/event-recorder';
import { customerWithBalance, type TestUser, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

/** Like generation: reads wallets together, and commits movements of several customers in one transaction. */
describe('movements of several wallets', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  const seenOf = async (people: readonly TestUser[]): Promise<Wallet[]> => {
    const wallets = app.get<WalletService>(WalletService);
    return app.get<Database>(Database).batchGet(people.map(({ userId }) => wallets.readOf(userId)));
  };
  const debit = (amount: number): Movement => ({
    ...{ type: 'PAYMENT', amount: -amount * 100, reason: 'Daily milk', sourceId: newPaymentId() },
  });
  const writesOf = (seen: Wallet, ...movements: Movement[]) =>
    app.get<WalletMovements>(WalletMovements).postingOf(seen.userId, movements, seen);
  const commit = (batch: readonly Posting[], more: readonly DomainEvent[] = []) =>
    app.get<Transaction>(Transaction).commit(
      batch.flatMap(({ writes }) => writes),
      [...batch.flatMap(({ events }) => events), ...more],
    );
  const balancesOf = (people: readonly TestUser[]) =>
    Promise.all(people.map(async (person) => (await walletOf(person)).balance));

  it('are made in one transaction, with warnings for balances below the threshold', async () => {
    const people = await Promise.all([500, 130, 60].map((balance) => customerWithBalance(app, balance)));
    const seen = await seenOf(people);
    await commit(seen.map((wallet) => writesOf(wallet, debit(25), debit(15))));
    expect(await balancesOf(people)).toEqual([460, 90, 20]);
    await app.settled();
    expect(app.get<EventRecorder>(EventRecorder).ofType('wallet.balance_low')).toMatchObject([
      { userId: people[1]?.userId, balance: 90_00, lowBalanceThreshold: 100_00 },
    ]);
  });

  it('are all refused when one customer cannot pay, with that customer and the balance', async () => {
    const people = await Promise.all([500, 500].map((balance) => customerWithBalance(app, balance)));
    const [first, second] = (await seenOf(people)) as [Wallet, Wallet];
    const batch = [writesOf(first, debit(10)), writesOf({ ...second, balance: 600_00 }, debit(501))];
    await expect(commit(batch)).rejects.toMatchObject({
      code: 'wallet.insufficient_balance',
      current: { userId: second.userId, balance: 500_00 },
    });
    expect(await balancesOf(people)).toEqual([500, 500]);
  });

  it('are refused when they miss a low-balance warning because the wallet was read too early', async () => {
    const person = await customerWithBalance(app, 300);
    const [seen] = (await seenOf([person])) as [Wallet];
    await commit([writesOf(seen, debit(180))]);
    await expect(commit([writesOf(seen, debit(30))])).rejects.toMatchObject({ current: { balance: 120_00 } });
    const [now] = (await seenOf([person])) as [Wallet];
    await customerWithBalance(app, 1, person);
    await expect(commit([writesOf(now, debit(30))])).rejects.toMatchObject({ current: { balance: 121_00 } });
    expect(await balancesOf([person])).toEqual([121]);
  });

  it('treat a missing wallet as empty', async () => {
    const [seen] = (await seenOf([app.as('CUSTOMER')])) as [Wallet];
    expect(seen).toMatchObject({ balance: 0, lowBalanceThreshold: 100_00, version: 1 });
    await expect(commit([writesOf(seen, debit(1))])).rejects.toMatchObject({ code: 'wallet.insufficient_balance' });
  });
});
