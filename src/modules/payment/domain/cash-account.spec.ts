import { type CashAccount, limitFor, recount } from './cash-account';

const LIMITS = { first: 200_000, later: 2_000_000 };
const account: CashAccount = {
  userId: 'U1',
  openAmount: 500,
  paymentIds: ['PAY1', 'PAY2', 'PAY3'],
  hasDelivery: false,
};

describe('an account for cash on delivery', () => {
  it('has a higher limit after the first delivery', () => {
    expect(limitFor({ hasDelivery: false }, LIMITS)).toBe(200_000);
    expect(limitFor({ hasDelivery: true }, LIMITS)).toBe(2_000_000);
  });

  it('never has a lower limit after the first delivery', () => {
    expect(limitFor({ hasDelivery: true }, { first: 300, later: 200 })).toBe(300);
  });

  it('is recounted from the payments that are still open', () => {
    const payments = [
      { paymentId: 'PAY1', amount: 200, status: 'SUCCESS' },
      undefined,
      { paymentId: 'PAY3', amount: 120, status: 'PENDING' },
    ];
    expect(recount(account, payments)).toEqual({ ...account, openAmount: 120, paymentIds: ['PAY3'] });
  });
});
