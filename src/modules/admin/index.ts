export { AdminModule } from './admin.module';
export { type Audit, Books } from './books.service';
