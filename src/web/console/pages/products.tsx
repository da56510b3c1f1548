import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { AddSheet } from '../products/add-sheet.tsx';
import { ProductTable } from '../products/product-table.tsx';
import styles from '../products/products.module.css';
import { type Product, useProducts } from '../products/queries.ts';
import { SHEET_NAMES, SHEETS } from '../products/sheets.ts';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

const STATES = ['sold-out', 'withdrawn', 'all'] as const;

interface Filter {
  readonly q: string | undefined;
  readonly category: string | undefined;
  readonly state: string | undefined;
}

export default function ProductsPage() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('q', 'category', 'state', 'add', ...SHEET_NAMES);
  const [added, setAdded] = useState<string>();
  const products = useProducts();
  const add = <Button onClick={() => setFilter('add', '1')}>{t('products.add')}</Button>;
  return (
    <ConsolePage title={t('nav.products')} text={t('products.text')} tools={add}>
      <Filters filters={filters} products={products.data ?? []} setFilter={setFilter} />
      {added !== undefined && <Notice tone="good">{t('products.added', { name: added })}</Notice>}
      <Loaded query={products} rows={<Rows count={8} height={44} />}>
        {(all) => {
          const shown = all.filter((product) => matches(product, filters)).toSorted(byName);
          const sheet = SHEET_NAMES.find((name) => filters[name] !== undefined);
          const opened = sheet && all.find(({ productId }) => productId === filters[sheet]);
          const Sheet = sheet && SHEETS[sheet];
          return (
            <>
              {shown.length === 0 ? (
                <EmptyState title={t('products.nothing')} text={t('products.nothingText')} />
              ) : (
                <ProductTable products={shown} onOpen={(name, productId) => setFilter(name, productId)} />
              )}
              {Sheet && opened && (
                <Sheet key={opened.productId} product={opened} onClose={() => setFilter(sheet, undefined)} />
              )}
            </>
          );
        }}
      </Loaded>
      {filters.add !== undefined && (
        <AddSheet
          onClose={() => setFilter('add', undefined)}
          onAdded={(name) => {
            setAdded(name);
            setFilter('add', undefined);
          }}
        />
      )}
    </ConsolePage>
  );
}

interface FiltersProps {
  readonly filters: Filter;
  readonly products: readonly Product[];
  readonly setFilter: (name: keyof Filter, value: string | undefined) => void;
}

function Filters({ filters: { q, category, state }, products, setFilter }: FiltersProps) {
  const { t } = useTranslation('console');
  const categories = [...new Set(products.map((product) => product.category))].toSorted();
  return (
    <search className={styles['filters']}>
      <TextInput
        type="search"
        label={t('products.search')}
        value={q ?? ''}
        onChange={({ currentTarget }) => setFilter('q', currentTarget.value)}
      />
      <NativeSelect
        label={t('products.category')}
        value={category ?? ''}
        data={[{ value: '', label: t('products.allCategories') }, ...categories]}
        onChange={({ currentTarget }) => setFilter('category', currentTarget.value)}
      />
      <NativeSelect
        label={t('products.show')}
        value={state ?? ''}
        data={[
          { value: '', label: t('products.onSale') },
          ...STATES.map((value) => ({ value, label: t(`products.state.${value}`) })),
        ]}
        onChange={({ currentTarget }) => setFilter('state', currentTarget.value)}
      />
      <datalist id="product-categories">
        {categories.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </search>
  );
}

const byName = (a: Product, b: Product) => a.name.localeCompare(b.name);

function matches(product: Product, { q = '', category, state }: Filter): boolean {
  const text = `${product.name} ${product.category} ${product.unit ?? ''} ${product.productId}`.toLowerCase();
  const words = q.toLowerCase().split(/\s+/);
  return (
    isInState(product, state) &&
    (category === undefined || product.category === category) &&
    words.every((word) => text.includes(word))
  );
}

function isInState({ active, stock }: Product, state: string | undefined): boolean {
  if (state === 'all') return true;
  if (state === 'withdrawn') return !active;
  return active && (state !== 'sold-out' || stock === 0);
}
