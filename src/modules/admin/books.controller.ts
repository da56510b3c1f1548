import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiSuccess } from '../../platform/openapi/decorators';
import { BooksResponse } from './books.dto';
import { Books } from './books.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/books')
export class BooksController {
  constructor(private readonly books: Books) {}

  @Get()
  @ApiOperation({
    summary: 'Do wallets, ledger, orders, payments and the gateway agree?',
    description:
      'Walks everything, at some cost, while the dairy is at work. What is under way is no violation: what looks wrong ' +
      'is looked at again for some seconds. A large dairy asks `npm run books` instead, which no time-out interrupts.',
  })
  @ApiSuccess(200, BooksResponse)
  async audit(): Promise<BooksResponse> {
    return BooksResponse.of(await this.books.audit());
  }
}
