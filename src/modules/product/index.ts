export type { Line, PricedLine, Product } from './product';
export { InsufficientStock, isRefusedLine, PriceChanged, ProductNotFound } from './product.errors';
export { ProductModule } from './product.module';
export { ProductService } from './product.service';
