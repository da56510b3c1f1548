import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import { money } from '../format.ts';
import { Stepper } from '../forms/stepper.tsx';
import { useCatalogue, useProductNames } from '../../api/queries.ts';
import styles from '../page.module.css';

export type Line = Schemas['SubscriptionLineRequest'];

/** Products with their quantities. A quantity of 0 removes a product. */
export function LinesField({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: Line[]) => void }) {
  const { t } = useTranslation();
  const { data: catalogue = [] } = useCatalogue();
  const products = useProductNames(lines.map(({ productId }) => productId));
  const setQty = (productId: string, qty: number) =>
    onChange(
      lines.flatMap((line) => {
        if (line.productId !== productId) return [line];
        return qty > 0 ? [{ productId, qty }] : [];
      }),
    );
  const addable = catalogue.filter(({ productId }) => !lines.some((line) => line.productId === productId));
  return (
    <>
      <ul className={styles['list']}>
        {lines.map(({ productId, qty }) => {
          const product = products.get(productId);
          const name = product?.name ?? t('subscription.product');
          return (
            <li key={productId} className={styles['row']}>
              <span>
                <span className={styles['strong']}>{name}</span>
                <br />
                <span className={styles['soft']}>
                  {product ? `${product.unit ?? ''} · ${money(product.price)}` : '\u00a0'}
                </span>
              </span>
              <Stepper
                label={name}
                value={qty}
                min={lines.length > 1 ? 0 : 1}
                onChange={(next) => setQty(productId, next)}
              />
            </li>
          );
        })}
      </ul>
      <NativeSelect
        aria-label={t('subscription.addProduct')}
        size="md"
        value=""
        onChange={({ currentTarget }) => onChange([...lines, { productId: currentTarget.value, qty: 1 }])}
        data={[
          { value: '', label: t('subscription.addProduct') },
          ...addable.map(({ productId, name, unit, price }) => ({
            value: productId,
            label: `${name}${unit ? `, ${unit}` : ''} – ${money(price)}`,
          })),
        ]}
      />
    </>
  );
}

/** The price of the lines, once all are known. */
export function usePriceOf(lines: readonly Line[]): number | undefined {
  const products = useProductNames(lines.map(({ productId }) => productId));
  if (!lines.every(({ productId }) => products.has(productId))) return undefined;
  return (
    lines.reduce((sum, { productId, qty }) => sum + qty * Math.round((products.get(productId)?.price ?? 0) * 100), 0) /
    100
  );
}
