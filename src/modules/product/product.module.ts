import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { ProductCatalogue } from './product-catalogue.service';
import { ProductController } from './product.controller';
import { ProductRepository } from './product.repository';
import { productTable } from './product.schema';
import { ProductService } from './product.service';

/**
 * Products: the catalogue with its prices, and the stock that orders take and cancellations return. Other modules
 * commit changes of stock by the writes that `ProductService` exports.
 */
@Module({
  imports: [DynamoModule.forTables(productTable)],
  controllers: [ProductController],
  providers: [ProductRepository, ProductCatalogue, ProductService],
  exports: [ProductService],
})
export class ProductModule {}
