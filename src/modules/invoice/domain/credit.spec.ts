import fc from 'fast-check';
import {
  amountsByRate,
  creditTaxesOf,
  openCreditOf,
  type OrderCredit,
  reductionOf,
  splitByRate,
  sumOfAmounts,
} from './credit';
import { type TaxSum, taxSumsOf } from './tax';

const line = (lineTotal: number, taxRate?: number) => {
  return { ...{ productId: 'MILK', name: 'Milk', price: lineTotal, qty: 1, lineTotal }, taxRate };
};

describe('the credit of an order', () => {
  it('is split over the tax rates in proportion, and the last paise go to the largest remainders', () => {
    const left = [
      { taxRate: 0, amount: 1_000 },
      { taxRate: 5, amount: 2_000 },
    ];
    expect(splitByRate(100, left)).toEqual([
      { taxRate: 0, amount: 33 },
      { taxRate: 5, amount: 67 },
    ]);
    expect(splitByRate(9_999, left)).toEqual(left);
  });

  it('is about what neither the invoice nor another credit note covers', () => {
    const items = [line(3_000, 5)];
    const state = { items, reduction: 500, credits: [{ creditNoteId: 'C1', amounts: [{ taxRate: 5, amount: 700 }] }] };
    expect(openCreditOf({ ...state, refunded: 1_200 })).toEqual([]);
    const amounts = openCreditOf({ ...state, refunded: 1_305 });
    expect(amounts).toEqual([{ taxRate: 5, amount: 105 }]);
    expect(creditTaxesOf(amounts, [])).toEqual([{ rate: 5, net: 100, tax: 5, gross: 105 }]);
  });

  it('has the part of the tax that the credit notes before it leave', () => {
    const third = [{ taxRate: 5, amount: 11 }];
    const taxes = [[], third, [{ taxRate: 5, amount: 22 }]].map((credited) => creditTaxesOf(third, credited));
    // The tax of 33 paise is 2.
    expect(taxes).toEqual([
      [{ rate: 5, net: 10, tax: 1, gross: 11 }],
      [{ rate: 5, net: 11, tax: 0, gross: 11 }],
      [{ rate: 5, net: 10, tax: 1, gross: 11 }],
    ]);
  });

  it('never exceeds the order, at any tax rate, whatever is refunded', () => {
    const items = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.constantFrom(undefined, 0, 5, 12, 18))
        .map((one) => line(...one)),
      { minLength: 1, maxLength: 8 },
    );
    const refunds = fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { maxLength: 6 });
    fc.assert(
      fc.property(items, refunds, fc.integer({ min: 0, max: 10 ** 6 }), (lines, steps, reduction) => {
        const amount = lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
        const credits: OrderCredit[] = [];
        const taxes: TaxSum[] = [];
        let refunded = Math.min(reduction, amount);
        const state = () => ({ items: lines, refunded, reduction: Math.min(reduction, amount), credits });
        for (const step of [...steps, amount]) {
          refunded = Math.min(refunded + step, amount);
          const amounts = openCreditOf(state());
          expect(amounts.every((one) => one.amount > 0)).toBe(true);
          const ofNote = creditTaxesOf(
            amounts,
            credits.flatMap((one) => one.amounts),
          );
          expect(ofNote.every(({ net, tax, gross }) => net >= 0 && tax >= 0 && net + tax === gross)).toBe(true);
          taxes.push(...ofNote);
          credits.push({ creditNoteId: String(credits.length), amounts });
          expect(sumOfAmounts(credits.flatMap((one) => one.amounts)) + Math.min(reduction, amount)).toBe(refunded);
        }
        expect(openCreditOf(state())).toEqual([]);
        // The whole order is credited, so its whole tax is.
        const reduced = reductionOf(lines, Math.min(reduction, amount)).map((one) => ({ ...one, amount: -one.amount }));
        for (const { rate, tax } of taxSumsOf([...amountsByRate(lines), ...reduced])) {
          const ofRate = taxes.filter((one) => one.rate === rate);
          expect(ofRate.reduce((sum, one) => sum + one.tax, 0)).toBe(tax);
        }
      }),
    );
  });
});
