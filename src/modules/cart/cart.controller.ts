import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ActingFor } from '../../platform/http/caller';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { ApiIfMatch, IfMatch } from '../../platform/http/headers';
import { ProductNotFound } from '../product';
import { AddToCartRequest, CartOwner, CartResponse, UpdateCartRequest } from './cart.dto';
import { CartChanged, CartFull, QuantityTooLarge } from './cart.errors';
import { CartService } from './cart.service';

@ApiTags('cart')
@Access('signed-in')
@Controller('cart')
export class CartController {
  constructor(private readonly carts: CartService) {}

  @Post('add')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add to what is in the cart' })
  @ApiAnswer(200, CartResponse)
  @Fails(ProductNotFound, CartFull, QuantityTooLarge)
  async add(@ActingFor() userId: string, @Body() body: AddToCartRequest): Promise<CartResponse> {
    return CartResponse.of(await this.carts.add(userId, body));
  }

  @Get('view')
  @ApiOperation({ summary: 'The cart at today’s prices; lines no longer sold are flagged' })
  @ApiAnswer(200, CartResponse)
  async view(@ActingFor() userId: string, @Query() _owner: CartOwner): Promise<CartResponse> {
    return CartResponse.of(await this.carts.view(userId));
  }

  @Patch('update')
  @ApiOperation({ summary: 'Set a line to a quantity; 0 removes it' })
  @ApiIfMatch()
  @ApiAnswer(200, CartResponse)
  @Fails(ProductNotFound, CartFull, CartChanged, Stale)
  async update(
    @ActingFor() userId: string,
    @Body() body: UpdateCartRequest,
    @IfMatch() expected?: number,
  ): Promise<CartResponse> {
    return CartResponse.of(await this.carts.update(userId, body, expected));
  }

  @Delete('clear')
  @ApiOperation({ summary: 'Take everything out' })
  @ApiIfMatch()
  @ApiAnswer(200, CartResponse)
  @Fails(CartChanged, Stale)
  async clear(
    @ActingFor() userId: string,
    @Query() _owner: CartOwner,
    @IfMatch() expected?: number,
  ): Promise<CartResponse> {
    return CartResponse.of(await this.carts.clear(userId, expected));
  }
}
