export { SchedulerModule } from './scheduler.module';
export { Scheduler } from './scheduler.service';
