import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { HotStock } from './hot-stock.service';
import { ProductCatalogue } from './product-catalogue.service';
import { ProductAdminController } from './product.admin.controller';
import { ProductController } from './product.controller';
import { ProductRepository } from './product.repository';
import { productTable, stockShareTable } from './product.schema';
import { ProductService } from './product.service';
import { StockShareRepository } from './stock-share.repository';

/**
 * Products: the catalogue with its prices, and the stock that orders take and cancellations return. Other modules
 * commit changes of stock by the writes that `ProductService` exports.
 */
@Module({
  imports: [DynamoModule.forTables(productTable, stockShareTable)],
  controllers: [ProductController, ProductAdminController],
  providers: [ProductRepository, StockShareRepository, ProductCatalogue, HotStock, ProductService],
  exports: [ProductService],
})
export class ProductModule {}
