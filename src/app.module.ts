import { Module } from '@nestjs/common';
import { ProductModule } from './modules/product';
import { PlatformModule } from './platform/platform.module';

@Module({
  imports: [PlatformModule, ProductModule],
})
export class AppModule {}
