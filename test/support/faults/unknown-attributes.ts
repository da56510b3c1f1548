import type { AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';

type StoredItem = Record<string, AttributeValue>;

/** The parts of an answer of DynamoDB that hold items. */
interface ItemOutput {
  readonly Item?: StoredItem;
  readonly Items?: StoredItem[];
  readonly Attributes?: StoredItem;
  readonly Responses?: Readonly<Record<string, StoredItem[]>> | readonly { readonly Item?: StoredItem }[];
}

/** The name of the attribute that no version knows. */
export const UNKNOWN_ATTRIBUTE = 'attributeOfTheNextVersion';
const VALUE: AttributeValue = { M: { list: { L: [{ N: '1' }, { S: 'text' }] }, isNew: { BOOL: true } } };

/**
 * Adds an unknown attribute to every item that DynamoDB returns, as the next version may have stored it. Returns the
 * tables whose items were read.
 */
export function addUnknownAttributes(client: DynamoDB, prefix: string): ReadonlySet<string> {
  const tables = new Set<string>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { TableName: name } = args.input as { TableName?: string };
      for (const [table, items] of itemsIn(result.output as ItemOutput, name)) {
        if (items.length > 0) tables.add(table.replace(prefix, ''));
        for (const item of items) item[UNKNOWN_ATTRIBUTE] = VALUE;
      }
      return result;
    },
    // Outside the deserializer.
    { step: 'deserialize', priority: 'high', name: 'unknownAttributes' },
  );
  return tables;
}

function itemsIn(output: ItemOutput, table = ''): [table: string, items: StoredItem[]][] {
  const { Item: item, Items: items = [], Attributes: updated, Responses: responses = {} } = output;
  const batches = Array.isArray(responses) ? [] : Object.entries(responses as Record<string, StoredItem[]>);
  return [[table, [item, updated, ...items].filter((one) => one !== undefined)], ...batches];
}
