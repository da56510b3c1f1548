import { type AttributeChanges, update } from './write';

const expressionOf = (change: AttributeChanges) => update('Wallets', { userId: 'U1' }, change).action.Update;

describe('a change', () => {
  it('adds to what an attribute is initially, and sets what is only initial', () => {
    const change: AttributeChanges = { add: { balance: 5, spare: 5 }, defaults: { spare: -100, version: 1 } };
    expect(expressionOf(change)).toMatchObject({
      UpdateExpression:
        'SET #spare = if_not_exists(#spare, :_first_spare) + :_spare, ' +
        '#version = if_not_exists(#version, :_first_version) ADD #balance :_balance',
      ExpressionAttributeValues: { ':_spare': 5, ':_first_spare': -100, ':_first_version': 1, ':_balance': 5 },
    });
  });

  it('leaves alone what is undefined', () => {
    expect(expressionOf({ set: { name: 'Asha', phone: undefined }, remove: ['address'] })).toMatchObject({
      UpdateExpression: 'SET #name = :_name REMOVE #address',
    });
  });
});
