import { Inject, Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { ForeignHosts, type Hosts } from '../../platform/http/apps/foreign-hosts';
import { DairyAdminController } from './dairy.admin.controller';
import { DairyController } from './dairy.controller';
import { DairyRepository } from './dairy.repository';
import { dairyTable } from './dairy.schema';
import { DairyService } from './dairy.service';
import { DAIRY_SETTINGS, type DairySettings } from './dairy.settings';

/** What Stripe's form needs, as Stripe documents it: https://docs.stripe.com/security/guide#content-security-policy */
const STRIPE_HOSTS: Hosts = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connect: ['https://api.stripe.com'],
};

/** The dairy: its name, address, contact and language, which messages and documents show. */
@Module({
  imports: [DynamoModule.forTables(dairyTable)],
  controllers: [DairyController, DairyAdminController],
  providers: [provideSettings(DAIRY_SETTINGS), DairyRepository, DairyService],
  exports: [DairyService],
})
export class DairyModule {
  constructor(foreignHosts: ForeignHosts, @Inject(DAIRY_SETTINGS) { stripePublishableKey }: DairySettings) {
    if (stripePublishableKey !== undefined) foreignHosts.allow('shop', STRIPE_HOSTS);
  }
}
