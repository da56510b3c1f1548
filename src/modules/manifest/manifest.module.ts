import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { DeliveryModule } from '../delivery';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { ManifestContentsService } from './manifest-contents.service';
import { ManifestPrinter } from './manifest-printer.service';
import { ManifestController } from './manifest.controller';
import { ManifestRepository } from './manifest.repository';
import { manifestDateTable, manifestTable } from './manifest.schema';
import { ManifestService } from './manifest.service';
import { ManifestSubscribers } from './manifest.subscribers';

/** Manifests: the route sheets of couriers, with a number that changes when a printed sheet is no longer right. See ADR 38. */
@Module({
  imports: [
    DynamoModule.forTables(manifestTable, manifestDateTable),
    DairyModule,
    DeliveryModule,
    OrderModule,
    UserModule,
  ],
  controllers: [ManifestController],
  providers: [ManifestRepository, ManifestContentsService, ManifestService, ManifestPrinter, ManifestSubscribers],
})
export class ManifestModule {}
