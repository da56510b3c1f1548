import { prefixedUlid } from '../../../kernel/ids';

export const newAdjustmentId = (): string => prefixedUlid('ADJ');
