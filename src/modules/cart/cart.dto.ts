import { ApiProperty } from '@nestjs/swagger';
import { MAX_QUANTITY } from '../../kernel/lines';
import { toMajorUnits } from '../../kernel/money';
import { IdField, IntegerField, UserIdField } from '../../platform/http/fields';
import type { CartView } from './domain/cart';

/** Whose cart: one's own; an admin may name anyone. */
export class CartQuery {
  @UserIdField()
  userId?: string;
}

export class AddToCartRequest extends CartQuery {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 1, max: MAX_QUANTITY, example: 2 })
  qty!: number;
}

export class UpdateCartRequest extends CartQuery {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 0, max: MAX_QUANTITY, example: 3, description: '0 removes the line.' })
  qty!: number;
}

class CartLineResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ example: 32.5 }) price!: number;
  @ApiProperty({ example: 65 }) lineTotal!: number;
  @ApiProperty({ example: true, description: 'false: no longer sold; it stays to be seen, and counts for nothing.' })
  available!: boolean;
}

export class CartResponse {
  @ApiProperty({ example: 'C01K9Z' }) cartId!: string;
  @ApiProperty({ type: [CartLineResponse] }) items!: CartLineResponse[];
  @ApiProperty({ example: 65 }) totalAmount!: number;
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag.' }) version!: number;

  static of(this: void, { cartId, items, totalAmount, version }: CartView): CartResponse {
    return {
      cartId,
      items: items.map(({ productId, qty, name, price, lineTotal, available }) => ({
        productId,
        qty,
        name,
        price: toMajorUnits(price),
        lineTotal: toMajorUnits(lineTotal),
        available,
      })),
      totalAmount: toMajorUnits(totalAmount),
      version,
    };
  }
}
