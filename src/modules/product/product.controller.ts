import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PRODUCT_ID } from '../../kernel/api-fields';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { StaleVersion } from '../../platform/errors';
import { PublicResponse } from '../../platform/http/cache-control';
import { IdempotencyKey, IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/paged-response';
import {
  ApiFailures,
  ApiIdempotencyKey,
  ApiIdParam,
  ApiIfMatch,
  ApiPagedSuccess,
  ApiSuccess,
} from '../../platform/openapi/decorators';
import { IdempotencyKeyReused, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { ProductIdTaken, ProductNotFound, StockBelowZero } from './domain/product.errors';
import {
  AddProductRequest,
  CategoryResponse,
  ProductResponse,
  SearchProductsRequest,
  UpdateProductRequest,
} from './product.dto';
import { ProductService } from './product.service';

@ApiTags('products')
@Controller('product')
export class ProductController {
  constructor(private readonly products: ProductService) {}

  @Get('list')
  @PublicResponse()
  @Access('anyone')
  @ApiOperation({
    operationId: 'listProducts',
    summary: 'List products on sale',
    description:
      'Returns the products on sale, sorted by name by default. All filters combine. Served from a cache ' +
      'that is at most 5 seconds old.',
  })
  @ApiPagedSuccess(ProductResponse)
  async list(@Query() query: SearchProductsRequest): Promise<PagedResponse<ProductResponse>> {
    return new PagedResponse(
      mapPage(await this.products.search({ ...query, active: true }, query), ProductResponse.of),
    );
  }

  @Get('categories')
  @PublicResponse()
  @Access('anyone')
  @ApiOperation({
    operationId: 'listCategories',
    summary: 'List product categories',
    description:
      'Returns the categories of the products on sale, sorted by name, in one response. Served from a cache that is at ' +
      'most 5 seconds old.',
  })
  @ApiSuccess(200, CategoryResponse, { isArray: true })
  async categories(): Promise<readonly CategoryResponse[]> {
    return this.products.categories();
  }

  @Get(':productId')
  @PublicResponse()
  @ApiIdParam('productId', PRODUCT_ID)
  @Access('anyone')
  @ApiOperation({
    operationId: 'getProduct',
    summary: 'Get a product',
    description:
      'Returns a product on sale. A withdrawn product is 404. Served from a cache that is at most 5 seconds ' + 'old.',
  })
  @ApiSuccess(200, ProductResponse)
  @ApiFailures(ProductNotFound)
  async get(@Param('productId', IdPipe) productId: string): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.get(productId));
  }

  @Post('add')
  @Access('ADMIN')
  @ApiOperation({
    operationId: 'addProduct',
    summary: 'Add a product',
    description: 'Puts a product on sale. A taken `productId` is 409. Event: `product.added`.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, ProductResponse)
  @ApiFailures(ProductIdTaken, IdempotencyKeyReused)
  async add(
    @Body() body: AddProductRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.add(body, idempotencyKey));
  }

  @Patch('update')
  @Access('ADMIN')
  @ApiOperation({
    operationId: 'updateProduct',
    summary: 'Update a product',
    description:
      'Changes only the fields sent. Null empties an optional field. `stock` sets the stock, `stockDelta` adds to it; send one of them. ' +
      '`active: false` withdraws the product, `true` puts it back on sale. Existing orders keep the price ' +
      'they were placed at; subscriptions are charged the new price from the next generation on. Event: ' +
      '`product.updated`.',
  })
  @ApiIfMatch()
  @ApiIdempotencyKey()
  @ApiSuccess(200, ProductResponse)
  @ApiFailures(ProductNotFound, StockBelowZero, StaleVersion, IdempotencyKeyReused)
  async update(
    @Body() body: UpdateProductRequest,
    @IfMatch() expected?: number,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.update(body, expected, idempotencyKey));
  }
}
