import { randomBytes } from 'node:crypto';

// In memory, DynamoDB Local has one database per access key. A database slows down with every table it has, so each test
// file has its own.
process.env.AWS_ACCESS_KEY_ID = `suite${randomBytes(5).toString('hex')}`;
