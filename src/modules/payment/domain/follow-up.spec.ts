import { currentDispute, type Dispute, type GatewayDispute } from './dispute';
import { nextFollowUp } from './follow-up';
import type { Refund } from './refund';

const NOW = '2026-12-31T10:00:00Z';
const aRefund = (status: Refund['status'], at: string): Refund => ({ status, to: 'SOURCE', amount: 1, at });
const aDispute = (changes: Partial<GatewayDispute> = {}): GatewayDispute => ({
  disputeId: 'dp_1',
  status: 'OPEN',
  amount: 3_000,
  withdrawn: 3_000,
  reason: 'fraudulent',
  openedAt: '2026-12-01T10:00:00Z',
  ...changes,
});

describe('the next follow-up', () => {
  it.each<[string, Parameters<typeof nextFollowUp>[0], string | undefined]>([
    ['of an ordinary payment never comes', {}, undefined],
    ['of a new refund comes in an hour', { refund: aRefund('PENDING', NOW) }, '2026-12-31T11:00:00Z'],
    ['comes after as long again', { refund: aRefund('SUCCEEDED', '2026-12-31T04:00:00Z') }, '2026-12-31T16:00:00Z'],
    ['comes at least weekly', { refund: aRefund('SUCCEEDED', '2026-12-01T10:00:00Z') }, '2027-01-07T10:00:00Z'],
    ['of an old refund never comes', { refund: aRefund('SUCCEEDED', '2026-11-20T10:00:00Z') }, undefined],
    [
      'of an old open refund still comes',
      { refund: aRefund('PENDING', '2026-01-01T10:00:00Z') },
      '2027-01-07T10:00:00Z',
    ],
    ['of a failed refund never comes', { refund: aRefund('FAILED', NOW) }, undefined],
    ['of an open dispute comes', { dispute: aDispute() }, '2027-01-07T10:00:00Z'],
    ['of a closed dispute never comes', { dispute: aDispute({ status: 'LOST' }) }, undefined],
  ])('%s', (_, state, expected) => {
    expect(nextFollowUp(state, NOW)).toBe(expected);
  });
});

describe('the dispute of a payment', () => {
  it('is the open one, else the latest', () => {
    const won = aDispute({ disputeId: 'dp_2', status: 'WON', openedAt: '2026-12-20T10:00:00Z' });
    expect(currentDispute(undefined, [won, aDispute()], NOW)).toEqual(aDispute());
    const lost = aDispute({ status: 'LOST' });
    expect(currentDispute(undefined, [lost, won], NOW)).toEqual({ ...won, closedAt: NOW });
  });

  it('keeps the time at which it was found closed, and what is known if the gateway lists nothing', () => {
    const known: Dispute = { ...aDispute({ status: 'LOST' }), closedAt: '2026-12-24T10:00:00Z' };
    expect(currentDispute(known, [aDispute({ status: 'LOST' })], NOW)).toEqual(known);
    expect(currentDispute(known, [], NOW)).toBe(known);
    expect(currentDispute(undefined, [], NOW)).toBeUndefined();
  });
});
