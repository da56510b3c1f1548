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

@ApiTags('cart')
@Access('signed-in')
@Controller('cart')
export class CartController {
  constructor(private readonly carts: CartService) {}

  @Post('add')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add to what is in the cart' })
  @ApiSuccess(200, CartResponse)
  @ApiFailures(ProductNotFound, CartFull, QuantityTooLarge)
  async add(@TargetUserId() userId: string, @Body() body: AddToCartRequest): Promise<CartResponse> {
    return CartResponse.of(await this.carts.add(userId, body));
  }

  @Get('view')
  @ApiOperation({ summary: 'The cart at today’s prices; lines no longer sold are flagged' })
  @ApiSuccess(200, CartResponse)
  async view(@TargetUserId() userId: string, @Query() _owner: CartQuery): Promise<CartResponse> {
    return CartResponse.of(await this.carts.view(userId));
  }

  @Patch('update')
  @ApiOperation({ summary: 'Set a line to a quantity; 0 removes it' })
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
  @ApiOperation({ summary: 'Take everything out' })
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
