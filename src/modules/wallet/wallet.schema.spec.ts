import { createTableRequest } from '../../platform/dynamo/table';
import { ledgerTable } from './wallet.schema';

it('the ledger has a local index by time', async () => {
  const request = await createTableRequest(ledgerTable, 'dairy-');
  expect(request).toMatchObject({
    TableName: 'dairy-WalletLedger',
    KeySchema: [
      { AttributeName: 'userId', KeyType: 'HASH' },
      { AttributeName: 'entryId', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'byTime',
        KeySchema: [
          { AttributeName: 'userId', KeyType: 'HASH' },
          { AttributeName: 'moment', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  expect(request).not.toHaveProperty('GlobalSecondaryIndexes');
});
