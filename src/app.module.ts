import { Module } from '@nestjs/common';
import { CartModule } from './modules/cart';
import { ProductModule } from './modules/product';
import { PlatformModule } from './platform/platform.module';

@Module({
  imports: [PlatformModule, ProductModule, CartModule],
})
export class AppModule {}
