import { Global, Module } from '@nestjs/common';
import { Idempotency } from './idempotency';
import { Transaction } from './transaction';

@Global()
@Module({
  providers: [Idempotency, Transaction],
  exports: [Idempotency, Transaction],
})
export class TransactionModule {}
