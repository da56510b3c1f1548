import { prefixedUlid, type ProductId } from '../../../kernel/ids';

export const newProductId = (): ProductId => prefixedUlid('P');
