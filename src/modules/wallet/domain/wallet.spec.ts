import { crossesLowBalance, entryOf, newWallet, sumOf } from './wallet';

describe('the rules of a wallet', () => {
  it('name an entry after what moved and why, so that it is in the ledger once', () => {
    const movement = { type: 'REFUND', amount: 6500, reason: 'Order O1 was cancelled', sourceId: 'PAY1' } as const;
    expect(entryOf('U1', movement, '2026-03-01T00:00:00Z')).toEqual({
      ...movement,
      userId: 'U1',
      entryId: 'REFUND-PAY1',
      at: '2026-03-01T00:00:00Z',
    });
  });

  it('add up what comes and what goes', () => {
    expect(sumOf([])).toBe(0);
    expect(sumOf([{ amount: 500 }, { amount: -620 }, { amount: 20 }])).toBe(-100);
  });

  it.each([
    ['stays above', 20_000, 9_999, false],
    ['comes down to it', 20_000, 10_000, false],
    ['falls below it', 20_000, 10_001, true],
    ['falls from exactly there', 10_000, 1, true],
    ['is below it already', 9_999, 1, false],
    ['is empty', 0, 0, false],
  ])('call a balance low when it crosses the threshold: it %s', (_, balance, leaving, isLow) => {
    expect(crossesLowBalance({ ...newWallet('U1'), balance }, leaving)).toBe(isLow);
  });

  it('never call it low when the threshold is zero', () => {
    expect(crossesLowBalance({ ...newWallet('U1'), balance: 500, lowBalanceThreshold: 0 }, 500)).toBe(false);
  });
});
