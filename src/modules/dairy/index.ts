export { DairyModule } from './dairy.module';
export { DairyService } from './dairy.service';
export { DAIRY_SETTINGS } from './dairy.settings';
export type { Dairy } from './domain/dairy';
