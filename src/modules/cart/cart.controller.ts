import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { TargetUserId } from '../../platform/auth/caller';
import { StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { ApiFailures, ApiIfMatch, ApiSuccess } from '../../platform/openapi/decorators';
import { ProductNotFound } from '../product';
import { AddToCartRequest, CartQuery, CartResponse, UpdateCartRequest } from './cart.dto';
import { CartService } from './cart.service';
import { CartChanged, CartFull, QuantityTooLarge } from './domain/cart.errors';

@ApiTags('carts')
@Access('signed-in')
@Controller('cart')
export class CartController {
  constructor(private readonly carts: CartService) {}

  @Post('add')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'addToCart',
    summary: 'Add to the cart',
    description:
      'Adds units of a product to those in the cart. A cart holds at most 50 products and 1,000 units of ' +
      'each. Stock is not reserved. Event: `cart.item_added`.',
  })
  @ApiSuccess(200, CartResponse)
  @ApiFailures(ProductNotFound, CartFull, QuantityTooLarge)
  async add(@TargetUserId() userId: string, @Body() body: AddToCartRequest): Promise<CartResponse> {
    return CartResponse.of(await this.carts.add(userId, body));
  }

  @Get('view')
  @ApiOperation({
    operationId: 'getCart',
    summary: 'Get the cart',
    description:
      "Returns the cart at today's prices. Lines of withdrawn products stay, flagged with `available: " +
      'false`, and are not part of the total.',
  })
  @ApiSuccess(200, CartResponse)
  async view(@TargetUserId() userId: string, @Query() _owner: CartQuery): Promise<CartResponse> {
    return CartResponse.of(await this.carts.view(userId));
  }

  @Patch('update')
  @ApiOperation({
    operationId: 'setCartQuantity',
    summary: 'Set a cart quantity',
    description: 'Sets the quantity of a product in the cart. 0 removes the line. A cart holds at most 50 products.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, CartResponse)
  @ApiFailures(ProductNotFound, CartFull, CartChanged, StaleVersion)
  async update(
    @TargetUserId() userId: string,
    @Body() body: UpdateCartRequest,
    @IfMatch() expected?: number,
  ): Promise<CartResponse> {
    return CartResponse.of(await this.carts.update(userId, body, expected));
  }

  @Delete('clear')
  @ApiOperation({
    operationId: 'clearCart',
    summary: 'Clear the cart',
    description: 'Removes all lines of the cart.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, CartResponse)
  @ApiFailures(CartChanged, StaleVersion)
  async clear(
    @TargetUserId() userId: string,
    @Query() _owner: CartQuery,
    @IfMatch() expected?: number,
  ): Promise<CartResponse> {
    return CartResponse.of(await this.carts.clear(userId, expected));
  }
}
