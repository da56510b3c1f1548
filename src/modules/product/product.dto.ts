import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PACKAGE_UNIT, PRODUCT_ID, PRODUCT_NAME, TAX_RATE, UNIT_PRICE, VERSION } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import {
  BooleanField,
  ChoiceField,
  emptiable,
  IdField,
  IntegerField,
  ListQuery,
  MoneyField,
  NewIdField,
  NumberField,
  QueryBooleanField,
  QueryMoneyField,
  TextField,
  UrlField,
} from '../../platform/http/fields';
import { type Product, SORT_ORDERS } from './domain/product';

const IMAGE = {
  max: 500,
  example: 'https://images.milkround.test/full-cream.jpg',
  description: 'URL of a picture.',
};
const PRICE = { ...UNIT_PRICE, min: 0, max: 1_000_000 };
const STOCK = { min: 0, max: 10_000_000, example: 120, description: 'Stock, in product units.' };
const TEXTS = {
  name: { ...PRODUCT_NAME, max: 120 },
  category: { max: 60, example: 'Milk', description: 'Category by which customers find the product.' },
  unit: { ...PACKAGE_UNIT, max: 30 },
  description: {
    max: 2_000,
    multiline: true,
    example: 'From grass-fed cows, bottled at dawn.',
    description: 'Text about the product for customers.',
  },
};

export class SearchProductsRequest extends ListQuery {
  @TextField({ ...TEXTS.category, optional: true, description: 'Category to list, without regard to case.' })
  category?: string;

  @TextField({
    max: 100,
    optional: true,
    example: 'cream',
    description: 'Words that must all occur in name, category or description.',
  })
  q?: string;

  @QueryMoneyField({ ...PRICE, optional: true, description: 'Lowest price of one unit, in major units.' })
  minPrice?: number;

  @QueryMoneyField({ ...PRICE, optional: true, description: 'Highest price of one unit, in major units.' })
  maxPrice?: number;

  @QueryBooleanField({
    optional: true,
    description: 'Filter by stock: `true` for products in stock, `false` for products out of stock.',
  })
  inStock?: boolean;

  @ChoiceField(SORT_ORDERS, { optional: true, description: 'Sort order. A minus sign reverses it. Default: `name`.' })
  sort?: (typeof SORT_ORDERS)[number];
}

export class SearchAllProductsRequest extends SearchProductsRequest {
  @QueryBooleanField({
    optional: true,
    description: 'Filter by sale: `true` for products on sale, `false` for withdrawn products. Default: both.',
  })
  active?: boolean;
}

export class CategoryResponse {
  @ApiProperty({ example: 'Milk', description: 'Name of the category, for the filter `category`.' }) category!: string;
  @ApiProperty({ example: 8, description: 'Number of products on sale in it.' }) products!: number;
}

export class AddProductRequest {
  @NewIdField({
    ...PRODUCT_ID,
    description: 'Id of the new product. Default: a generated id. Some words, such as `list`, are reserved.',
  })
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

  @NumberField({ ...TAX_RATE, min: 0, max: 100, optional: true })
  taxRate?: number;

  @UrlField({ ...IMAGE, optional: true })
  imageUrl?: string;
}

export class UpdateProductRequest {
  @IdField(PRODUCT_ID)
  productId!: string;

  @TextField({ ...TEXTS.name, optional: true })
  name?: string;

  @MoneyField({ ...PRICE, optional: true })
  price?: number;

  @IntegerField({ ...STOCK, optional: true, description: 'New stock, in product units.' })
  stock?: number;

  @IntegerField({
    min: -10_000_000,
    max: 10_000_000,
    optional: true,
    description: 'Quantity to add to the stock, in product units. Not together with `stock`.',
  })
  stockDelta?: number;

  @TextField({ ...TEXTS.category, optional: true })
  category?: string;

  @TextField(emptiable(TEXTS.unit))
  unit?: string | null;

  @TextField(emptiable(TEXTS.description))
  description?: string | null;

  @NumberField({ ...emptiable(TAX_RATE), min: 0, max: 100 })
  taxRate?: number | null;

  @UrlField(emptiable(IMAGE))
  imageUrl?: string | null;

  @BooleanField({ optional: true, description: 'Whether the product is on sale.' })
  active?: boolean;
}

export class ProductResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty(UNIT_PRICE) price!: number;
  @ApiProperty({ type: 'integer', example: STOCK.example, description: STOCK.description }) stock!: number;
  @ApiProperty({ example: TEXTS.category.example, description: TEXTS.category.description }) category!: string;
  @ApiPropertyOptional(PACKAGE_UNIT) unit?: string;
  @ApiPropertyOptional({ example: TEXTS.description.example, description: TEXTS.description.description })
  description?: string;
  @ApiPropertyOptional({ format: 'uri', example: IMAGE.example, description: IMAGE.description }) imageUrl?: string;
  @ApiPropertyOptional(TAX_RATE) taxRate?: number;
  @ApiProperty({ example: true, description: 'Whether the product is on sale.' }) active!: boolean;
  @ApiProperty({ ...VERSION, description: `${VERSION.description} Stock does not change it.` }) version!: number;

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
