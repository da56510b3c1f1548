import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PRODUCT_ID } from '../../kernel/api-fields';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIdParam, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { ProductNotFound } from './domain/product.errors';
import { ProductResponse, SearchAllProductsRequest } from './product.dto';
import { ProductService } from './product.service';

@ApiTags('products')
@Access('ADMIN')
@Controller('admin')
export class ProductAdminController {
  constructor(private readonly products: ProductService) {}

  @Get('products')
  @ApiOperation({
    operationId: 'listAdminProducts',
    summary: 'List all products',
    description:
      'Returns the products on sale and the withdrawn ones, sorted by name by default. All filters combine. Served ' +
      'from a cache that is at most 5 seconds old.',
  })
  @ApiPagedSuccess(ProductResponse)
  async list(@Query() query: SearchAllProductsRequest): Promise<PagedResponse<ProductResponse>> {
    return new PagedResponse(mapPage(await this.products.search(query, query), ProductResponse.of));
  }

  @Get('product/:productId')
  @ApiIdParam('productId', PRODUCT_ID)
  @ApiOperation({
    operationId: 'getAdminProduct',
    summary: 'Get a product as stored',
    description:
      'Returns a product on sale or a withdrawn one, with its current stock and version, not from the cache.',
  })
  @ApiSuccess(200, ProductResponse)
  @ApiFailures(ProductNotFound)
  async get(@Param('productId', IdPipe) productId: string): Promise<ProductResponse> {
    return ProductResponse.of(await this.products.current(productId));
  }
}
