import { crossesLowBalance, entryOf, newWallet, sumOf } from './wallet';

describe('a wallet', () => {
  it('derives the id of an entry from type and source', () => {
    const movement = { type: 'REFUND', amount: 6500, reason: 'Order O1 was cancelled', sourceId: 'PAY1' } as const;
    expect(entryOf('U1', movement, { at: '2026-03-01T00:00:00Z' })).toEqual({
      ...movement,
      userId: 'U1',
      entryId: 'REFUND-PAY1',
      at: '2026-03-01T00:00:00Z',
    });
  });

  it('sums credits and debits', () => {
    expect(sumOf([])).toBe(0);
    expect(sumOf([{ amount: 500 }, { amount: -620 }, { amount: 20 }])).toBe(-100);
  });

  it.each([
    ['stays above', 20_000, 9_999, false],
    ['falls to it', 20_000, 10_000, false],
    ['falls below it', 20_000, 10_001, true],
    ['falls from it', 10_000, 1, true],
    ['is already below it', 9_999, 1, false],
    ['is empty', 0, 0, false],
  ])('has a low balance only after crossing the threshold: the balance %s', (_, balance, debit, isLow) => {
    expect(crossesLowBalance({ ...newWallet('U1'), balance }, debit)).toBe(isLow);
  });

  it('never has a low balance if the threshold is zero', () => {
    expect(crossesLowBalance({ ...newWallet('U1'), balance: 500, lowBalanceThreshold: 0 }, 500)).toBe(false);
  });
});
