import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { ApiAnswer, ApiId, ApiListAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, ApiIfMatch, IdempotencyKey, IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { AddProductRequest, ProductResponse, SearchProductsRequest, UpdateProductRequest } from './product.dto';
import { ProductIdTaken, ProductNotFound, StockBelowZero } from './product.errors';
import { ProductService } from './product.service';

@ApiTags('products')
@Controller('product')
export class ProductController {
  constructor(private readonly products: ProductService) {}

  @Get('list')
  @Access('anyone')
  @ApiOperation({ summary: 'Browse what is on sale' })
  @ApiListAnswer(ProductResponse)
  async list(@Query() query: SearchProductsRequest): Promise<ListAnswer<ProductResponse>> {
    return new ListAnswer(mapPage(await this.products.search(query, query), ProductResponse.of));
  }

  @Get(':productId')
  @ApiId('productId', 'P101')
  @Access('anyone')
  @ApiOperation({ summary: 'One product' })
  @ApiAnswer(200, ProductResponse)
  @Fails(ProductNotFound)
  async get(@Param('productId', IdPipe) productId: string): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.get(productId));
  }

  @Post('add')
  @Access('ADMIN')
  @ApiOperation({ summary: 'Put a product on sale' })
  @ApiIdempotencyKey()
  @ApiAnswer(201, ProductResponse)
  @Fails(ProductIdTaken, KeyReused)
  async add(@Body() body: AddProductRequest, @IdempotencyKey() once?: Once): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.add(body, once));
  }

  @Patch('update')
  @Access('ADMIN')
  @ApiOperation({ summary: 'Change a product: stock sets, stockDelta adds, active: false withdraws' })
  @ApiIfMatch()
  @ApiAnswer(200, ProductResponse)
  @Fails(ProductNotFound, StockBelowZero, Stale)
  async update(@Body() body: UpdateProductRequest, @IfMatch() expected?: number): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.update(body, expected));
  }
}
