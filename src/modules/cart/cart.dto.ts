import { ApiProperty } from '@nestjs/swagger';
import { toMajorUnits } from '../../kernel/money';
import { IdField, IntegerField, UserIdField } from '../../platform/http/fields';
import { type CartView, QTY_AT_MOST } from './cart';

/** Whose cart: one's own; an admin may name anyone. */
export class CartOwner {
  @UserIdField()
  userId?: string;
}

export class AddToCartRequest extends CartOwner {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 1, max: QTY_AT_MOST, example: 2 })
  qty!: number;
}

export class UpdateCartRequest extends CartOwner {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 0, max: QTY_AT_MOST, example: 3, description: '0 removes the line.' })
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
      items: items.map((line) => ({
        ...line,
        price: toMajorUnits(line.price),
        lineTotal: toMajorUnits(line.lineTotal),
      })),
      totalAmount: toMajorUnits(totalAmount),
      version,
    };
  }
}
