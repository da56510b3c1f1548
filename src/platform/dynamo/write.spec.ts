import { type AttributeChanges, put, remove, update } from './write';

const expressionOf = (change: AttributeChanges) => update('Wallets', { userId: 'U1' }, change).action.Update;

describe('an update', () => {
  it('adds to the default of a missing attribute, and sets a default without an addition', () => {
    const change: AttributeChanges = { add: { balance: 5, spare: 5 }, defaults: { spare: -100, version: 1 } };
    expect(expressionOf(change)).toMatchObject({
      UpdateExpression:
        'SET #spare = if_not_exists(#spare, :_first_spare) + :_spare, ' +
        '#version = if_not_exists(#version, :_first_version) ADD #balance :_balance',
      ExpressionAttributeValues: { ':_spare': 5, ':_first_spare': -100, ':_first_version': 1, ':_balance': 5 },
    });
  });

  it('ignores undefined values', () => {
    expect(expressionOf({ set: { name: 'Asha', phone: undefined }, remove: ['address'] })).toMatchObject({
      UpdateExpression: 'SET #name = :_name REMOVE #address',
    });
  });

  it('combines its names and values with those of its condition, which may use the same path', () => {
    const change: AttributeChanges = { set: { 'items.#line': 2 }, appendToLists: { history: ['packed'] } };
    const condition = {
      condition: '#status = :seen',
      names: { line: 'P1', status: 'status' },
      values: { seen: 'NEW' },
    };
    expect(update('Orders', { orderId: 'O1' }, change, condition).action.Update).toEqual({
      TableName: 'Orders',
      Key: { orderId: 'O1' },
      UpdateExpression: 'SET #items.#line = :_items__line, #history = list_append(#history, :_history)',
      ConditionExpression: '#status = :seen',
      ExpressionAttributeNames: { '#items': 'items', '#line': 'P1', '#history': 'history', '#status': 'status' },
      ExpressionAttributeValues: { ':_items__line': 2, ':_history': ['packed'], ':seen': 'NEW' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('leaves out empty names and values', () => {
    const { Delete, Put } = { ...remove('Carts', { userId: 'U1' }).action, ...put('Carts', { userId: 'U1' }).action };
    expect(Delete).toEqual({ TableName: 'Carts', Key: { userId: 'U1' } });
    expect(Put).toEqual({ TableName: 'Carts', Item: { userId: 'U1' } });
  });
});
