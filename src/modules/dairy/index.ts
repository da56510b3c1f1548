export { DairyModule } from './dairy.module';
export { DairyService } from './dairy.service';
export type { Dairy } from './domain/dairy';
