import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { Badge } from '../../ui/page.tsx';
import cells from '../ui/table/cells.module.css';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { percentOf } from './amounts.ts';
import { EditableCell } from './editable-cell.tsx';
import { OfferAgain } from './offer-again.tsx';
import { OpenCell } from './open-cell.tsx';
import type { Product } from './queries.ts';
import type { SheetName } from './sheets.ts';

const MAX_PERCENT = 100;

interface ProductTableProps {
  readonly products: readonly Product[];
  readonly onOpen: (sheet: SheetName, productId: string) => void;
}

export function ProductTable({ products, onOpen }: ProductTableProps) {
  const { t } = useTranslation('console');
  const columns = useMemo<Column<Product>[]>(
    () => [
      {
        key: 'name',
        label: t('products.name'),
        sortBy: ({ name }) => name,
        render: (product) => (
          <EditableCell
            product={product}
            label={t('products.name')}
            value={product.name}
            changeOf={(name) => (name ? { name } : undefined)}
          />
        ),
      },
      {
        key: 'category',
        label: t('products.category'),
        sortBy: ({ category }) => category,
        render: (product) => (
          <EditableCell
            product={product}
            label={t('products.category')}
            value={product.category}
            list="product-categories"
            changeOf={(category) => (category ? { category } : undefined)}
          />
        ),
      },
      {
        key: 'unit',
        label: t('products.unit'),
        render: (product) => (
          <EditableCell
            product={product}
            label={t('products.unit')}
            value={product.unit ?? ''}
            changeOf={(unit) => ({ unit: unit || null })}
          />
        ),
      },
      {
        key: 'price',
        label: t('products.price'),
        align: 'end',
        sortBy: ({ price }) => price,
        render: (product) => (
          <OpenCell
            label={t('products.priceOf', { name: product.name })}
            onOpen={() => onOpen('price', product.productId)}
          >
            {money(product.price)}
          </OpenCell>
        ),
      },
      {
        key: 'stock',
        label: t('products.stock'),
        align: 'end',
        sortBy: ({ stock }) => stock,
        render: (product) => (
          <OpenCell
            label={t('products.stockOf', { name: product.name })}
            onOpen={() => onOpen('stock', product.productId)}
          >
            {product.stock === 0 ? <Badge tone="warn">{t('products.soldOut')}</Badge> : product.stock}
          </OpenCell>
        ),
      },
      {
        key: 'taxRate',
        label: t('products.taxRate'),
        align: 'end',
        sortBy: ({ taxRate = -1 }) => taxRate,
        render: (product) => (
          <EditableCell
            product={product}
            label={t('products.taxRate')}
            value={product.taxRate === undefined ? '' : String(product.taxRate)}
            shown={`${product.taxRate} %`}
            changeOf={taxRateOf}
          />
        ),
      },
      {
        key: 'actions',
        label: t('products.actions'),
        render: (product) => (
          <span className={cells['actions']}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('products.detailsOf', { name: product.name })}
              onClick={() => onOpen('details', product.productId)}
            >
              {t('products.details')}
            </Button>
            {product.active ? (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('products.withdrawNamed', { name: product.name })}
                onClick={() => onOpen('withdraw', product.productId)}
              >
                {t('products.withdraw')}
              </Button>
            ) : (
              <OfferAgain product={product} />
            )}
          </span>
        ),
      },
    ],
    [t, onOpen],
  );
  return <DataTable label={t('nav.products')} columns={columns} rows={products} rowKey={productIdOf} />;
}

const productIdOf = ({ productId }: Product) => productId;

function taxRateOf(text: string) {
  if (text === '') return { taxRate: null };
  const taxRate = percentOf(text);
  return taxRate !== undefined && taxRate <= MAX_PERCENT ? { taxRate } : undefined;
}
