import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionError } from '../../ui/states.tsx';
import styles from './editable-cell.module.css';
import { type Product, useChangeProduct, useReloadProduct } from './queries.ts';

/** Puts a withdrawn product back on sale. */
export function OfferAgain({ product }: { product: Product }) {
  const { t } = useTranslation('console');
  const { mutate, reset, isPending, error } = useChangeProduct(product);
  const reload = useReloadProduct(product.productId);
  return (
    <span>
      <Button
        size="compact-sm"
        loading={isPending}
        aria-label={t('products.offerNamed', { name: product.name })}
        onClick={() => mutate({ active: true })}
      >
        {t('products.offer')}
      </Button>
      {error && (
        <div className={styles['problem']}>
          <ActionError error={error} onReload={() => void reload().then(reset)} />
        </div>
      )}
    </span>
  );
}
