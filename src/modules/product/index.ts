export type { Line, PricedLine, Product } from './product';
export { InsufficientStock, PriceChanged, ProductNotFound } from './product.errors';
export { ProductModule } from './product.module';
export { ProductService } from './product.service';
