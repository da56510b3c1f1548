import { ApiProperty } from '@nestjs/swagger';
import { LINE_TOTAL, PRODUCT_ID, PRODUCT_NAME, QUANTITY, UNIT_PRICE, VERSION } from '../../kernel/api-fields';
import { MAX_QUANTITY } from '../../kernel/lines';
import { toMajorUnits } from '../../kernel/money';
import { IdField, IntegerField, UserIdField } from '../../platform/http/fields';
import type { CartView } from './domain/cart';

export class CartQuery {
  @UserIdField()
  userId?: string;
}

export class AddToCartRequest extends CartQuery {
  @IdField(PRODUCT_ID)
  productId!: string;

  @IntegerField({ ...QUANTITY, min: 1, max: MAX_QUANTITY, description: 'Quantity to add, in product units.' })
  qty!: number;
}

export class UpdateCartRequest extends CartQuery {
  @IdField(PRODUCT_ID)
  productId!: string;

  @IntegerField({
    ...QUANTITY,
    min: 0,
    max: MAX_QUANTITY,
    description: 'New quantity, in product units. 0 removes the line.',
  })
  qty!: number;
}

class CartLineResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(QUANTITY) qty!: number;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty(UNIT_PRICE) price!: number;
  @ApiProperty({ ...LINE_TOTAL, description: `${LINE_TOTAL.description} 0 if the product is not on sale.` })
  lineTotal!: number;
  @ApiProperty({ example: true, description: 'Whether the product is on sale.' })
  available!: boolean;
}

export class CartResponse {
  @ApiProperty({ example: 'C01K9Z', description: 'Id of the cart.' }) cartId!: string;
  @ApiProperty({ type: [CartLineResponse], description: 'Lines of the cart.' }) items!: CartLineResponse[];
  @ApiProperty({ example: 65, description: 'Sum of the lines, in major units.' }) totalAmount!: number;
  @ApiProperty(VERSION) version!: number;

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
