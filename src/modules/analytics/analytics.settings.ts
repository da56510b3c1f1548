import { declareQueue } from '../../platform/queue/declare-queue';

export const ANALYTICS_QUEUE = declareQueue('analytics', { url: 'ANALYTICS_QUEUE_URL' });
