import { chooseCourier, type KnownCourier } from './usual-courier';

const courier = (userId: string, blocked = false): KnownCourier => ({ userId, blocked });
const [RAVI, SITA, TARA] = [courier('RAVI'), courier('SITA'), courier('TARA')];
const LAST = (active: readonly string[]) => active.at(-1) ?? '';

describe('the courier of a delivery', () => {
  it('is the usual one, and nothing is stored', () => {
    expect(chooseCourier('ASHA', { courierId: 'RAVI', substituteId: 'SITA' }, [RAVI, SITA, TARA], LAST)).toEqual({
      courierId: 'RAVI',
    });
  });

  it('is the next one for a new customer, and becomes the usual one', () => {
    expect(chooseCourier('ASHA', undefined, [RAVI, SITA, TARA], LAST)).toEqual({
      courierId: 'TARA',
      usual: { courierId: 'TARA' },
    });
  });

  it('is a substitute while the usual one is blocked, who stays the usual one', () => {
    expect(chooseCourier('ASHA', { courierId: 'RAVI' }, [courier('RAVI', true), SITA, TARA], LAST)).toEqual({
      courierId: 'TARA',
      usual: { courierId: 'RAVI', substituteId: 'TARA' },
    });
  });

  it('is the same substitute every day', () => {
    const usual = { courierId: 'RAVI', substituteId: 'SITA' };
    expect(chooseCourier('ASHA', usual, [courier('RAVI', true), SITA, TARA], LAST)).toEqual({ courierId: 'SITA' });
  });

  it('is another substitute when the substitute is blocked too', () => {
    const usual = { courierId: 'RAVI', substituteId: 'SITA' };
    expect(chooseCourier('ASHA', usual, [courier('RAVI', true), courier('SITA', true), TARA], LAST)).toEqual({
      courierId: 'TARA',
      usual: { courierId: 'RAVI', substituteId: 'TARA' },
    });
  });

  it('is the substitute for good when the usual one is no courier any more', () => {
    expect(chooseCourier('ASHA', { courierId: 'RAVI', substituteId: 'SITA' }, [SITA, TARA], LAST)).toEqual({
      courierId: 'SITA',
      usual: { courierId: 'SITA' },
    });
    expect(chooseCourier('ASHA', { courierId: 'RAVI' }, [SITA, TARA], LAST)).toEqual({
      courierId: 'TARA',
      usual: { courierId: 'TARA' },
    });
  });

  it('is never the customer, even if they are a courier', () => {
    expect(chooseCourier('TARA', undefined, [RAVI, SITA, TARA], LAST)).toEqual({
      courierId: 'SITA',
      usual: { courierId: 'SITA' },
    });
    expect(chooseCourier('TARA', { courierId: 'TARA' }, [RAVI, TARA], LAST)).toEqual({
      courierId: 'RAVI',
      usual: { courierId: 'RAVI' },
    });
    expect(chooseCourier('TARA', { courierId: 'TARA' }, [TARA], LAST)).toEqual({});
  });

  it('is missing while no courier is active, and nothing is stored', () => {
    expect(chooseCourier('ASHA', undefined, [courier('RAVI', true)], LAST)).toEqual({});
    expect(chooseCourier('ASHA', { courierId: 'RAVI' }, [courier('RAVI', true)], LAST)).toEqual({});
  });
});
