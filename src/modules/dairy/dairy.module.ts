import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyAdminController } from './dairy.admin.controller';
import { DairyController } from './dairy.controller';
import { DairyRepository } from './dairy.repository';
import { dairyTable } from './dairy.schema';
import { DairyService } from './dairy.service';
import { DAIRY_SETTINGS } from './dairy.settings';

/** The dairy: its name, address, contact and language, which messages and documents show. */
@Module({
  imports: [DynamoModule.forTables(dairyTable)],
  controllers: [DairyController, DairyAdminController],
  providers: [provideSettings(DAIRY_SETTINGS), DairyRepository, DairyService],
  exports: [DairyService],
})
export class DairyModule {}
