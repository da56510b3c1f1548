export type { LineAtPrice, Product } from './domain/product';
export { InsufficientStock, isLineRefusal, PriceChanged, ProductNotFound, StockMoved } from './domain/product.errors';
export { ProductModule } from './product.module';
export { ProductService } from './product.service';
export type { StockShare } from './domain/stock-split';
