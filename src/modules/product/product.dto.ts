import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUrl, MaxLength, ValidateIf } from 'class-validator';
import { toMajorUnits } from '../../kernel/money';
import {
  BooleanField,
  ChoiceField,
  IdField,
  IntegerField,
  ListQuery,
  MoneyField,
  NumberField,
  QueryBooleanField,
  QueryMoneyField,
  TextField,
} from '../../platform/http/fields';
import { type Product, SORT_ORDERS } from './domain/product';

const IMAGE_URL = 'https://images.milkround.test/full-cream.jpg';
const PRICE = { min: 0, max: 1_000_000, example: 32.5 };
const STOCK = { min: 0, max: 10_000_000, example: 120 };
const TAX_RATE = { min: 0, max: 100, example: 5, description: 'Percent, included in the price.' };
const TEXTS = {
  name: { max: 120, example: 'Full cream milk' },
  category: { max: 60, example: 'Milk' },
  unit: { max: 30, example: '500 ml' },
  description: { max: 2_000, multiline: true, example: 'From grass-fed cows, bottled at dawn.' },
};

export class SearchProductsRequest extends ListQuery {
  @TextField({ ...TEXTS.category, optional: true })
  category?: string;

  @TextField({ max: 100, optional: true, example: 'cream', description: 'Words of name, category or description.' })
  q?: string;

  @QueryMoneyField({ ...PRICE, optional: true })
  minPrice?: number;

  @QueryMoneyField({ ...PRICE, optional: true })
  maxPrice?: number;

  @QueryBooleanField({ optional: true, description: 'true: only what is in stock; false: only what is not.' })
  inStock?: boolean;

  @ChoiceField(SORT_ORDERS, { optional: true, description: 'name (default) or price; a minus turns it round.' })
  sort?: (typeof SORT_ORDERS)[number];
}

class ImageField {
  @ApiPropertyOptional({ format: 'uri', maxLength: 500, example: IMAGE_URL })
  @ValidateIf((_, value) => value !== undefined)
  @MaxLength(500, { message: 'imageUrl must have at most 500 characters' })
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { message: 'imageUrl must be an http(s) address' },
  )
  imageUrl?: string;
}

export class AddProductRequest extends ImageField {
  @IdField({ optional: true, example: 'P101', description: 'Made for you when left out.' })
  productId?: string;

  @TextField(TEXTS.name)
  name!: string;

  @MoneyField(PRICE)
  price!: number;

  @IntegerField(STOCK)
  stock!: number;

  @TextField(TEXTS.category)
  category!: string;

  @TextField({ ...TEXTS.unit, optional: true })
  unit?: string;

  @TextField({ ...TEXTS.description, optional: true })
  description?: string;

  @NumberField({ ...TAX_RATE, optional: true })
  taxRate?: number;
}

export class UpdateProductRequest extends ImageField {
  @IdField({ example: 'P101' })
  productId!: string;

  @TextField({ ...TEXTS.name, optional: true })
  name?: string;

  @MoneyField({ ...PRICE, optional: true })
  price?: number;

  @IntegerField({ ...STOCK, optional: true, description: 'Sets the stock.' })
  stock?: number;

  @IntegerField({
    min: -10_000_000,
    max: 10_000_000,
    optional: true,
    description: 'Added to the stock; not with stock.',
  })
  stockDelta?: number;

  @TextField({ ...TEXTS.category, optional: true })
  category?: string;

  @TextField({ ...TEXTS.unit, optional: true })
  unit?: string;

  @TextField({ ...TEXTS.description, optional: true })
  description?: string;

  @NumberField({ ...TAX_RATE, optional: true })
  taxRate?: number;

  @BooleanField({ optional: true, description: 'false withdraws the product, true brings it back.' })
  active?: boolean;
}

export class ProductResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ example: 32.5 }) price!: number;
  @ApiProperty({ type: 'integer', example: 120 }) stock!: number;
  @ApiProperty({ example: 'Milk' }) category!: string;
  @ApiPropertyOptional({ example: '500 ml' }) unit?: string;
  @ApiPropertyOptional({ example: TEXTS.description.example }) description?: string;
  @ApiPropertyOptional({ format: 'uri', example: IMAGE_URL }) imageUrl?: string;
  @ApiPropertyOptional({ example: 5 }) taxRate?: number;
  @ApiProperty({ example: true }) active!: boolean;
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag. Stock does not count.' }) version!: number;

  static of(this: void, product: Product): ProductResponse {
    const { productId, name, price, stock, category, unit, description, imageUrl, taxRate, active, version } = product;
    return {
      productId,
      name,
      price: toMajorUnits(price),
      stock,
      category,
      unit,
      description,
      imageUrl,
      taxRate,
      active,
      version,
    };
  }
}
