import { TestDairy } from '../support/fixtures/test-dairy';

jest.setTimeout(180_000);

describe('npm run books', () => {
  let dairy: TestDairy;
  beforeAll(async () => (dairy = await TestDairy.open()));
  afterAll(() => dairy.close());

  it('prints that there are no violations, and exits with 0', async () => {
    expect(await dairy.run('dist/cli/books.js')).toEqual({
      code: 0,
      printed:
        'No violations. Checked: wallets 0, entries 0, payments 0, orders 0, charges 0, invoices 0, subscriptions 0.\n',
    });
  });

  it('prints each violation with its ids on one line, and exits with 1', async () => {
    await dairy.putItem('Wallets', { userId: 'U101', balance: 1 });
    await dairy.putItem('SandboxCharges', { paymentId: 'PAY101', amount: 3_000, outcome: 'SUCCESS', decidedAt: 0 });
    expect(await dairy.run('dist/cli/books.js')).toEqual({
      code: 1,
      printed: [
        'BALANCE_WRONG userId=U101: the balance is 0.01, the entries add up to 0',
        'CHARGE_UNKNOWN paymentId=PAY101: the gateway charged 30, but the payment does not exist',
        'Violations: 2. Checked: wallets 1, entries 0, payments 0, orders 0, charges 1, invoices 0, subscriptions 0.\n',
      ].join('\n'),
    });
  });

  it('leaves an entry of the operator in the audit log', async () => {
    const entry = { action: 'report.exported', subject: 'books', by: '@cli', byRole: 'OPERATOR' };
    expect(await dairy.allStored('AuditLog')).toContainEqual(expect.objectContaining(entry));
  });

  it('exits with 1 when it cannot read the tables', async () => {
    const { code, printed } = await dairy.run('dist/cli/books.js', { TABLE_PREFIX: '' });
    expect(code).toBe(1);
    expect(printed).not.toContain('balance');
  });
});
