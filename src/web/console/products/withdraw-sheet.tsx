import { useTranslation } from 'react-i18next';
import { formatTime } from '../../ui/format.ts';
import { useDairy } from '../queries.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { Consequences } from './consequences.tsx';
import { type Product, useChangeProduct, useReloadProduct } from './queries.ts';

/** Asks before a product is withdrawn. */
export function WithdrawSheet({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation('console');
  const cutoff = formatTime(useDairy().data?.cutoffTime ?? '');
  const { mutate, isPending, error } = useChangeProduct(product, onClose);
  const reload = useReloadProduct(product.productId);
  return (
    <ConfirmSheet
      title={t('products.withdrawTitle', { name: product.name })}
      action={t('products.withdraw')}
      isPending={isPending}
      error={error}
      onConfirm={() => mutate({ active: false })}
      onClose={onClose}
      onReload={() => void reload()}
    >
      <Consequences
        productId={product.productId}
        texts={[
          t('products.withdrawShop'),
          t('products.withdrawOrders'),
          t('products.withdrawSubscriptions', { cutoff }),
          t('products.withdrawBack'),
        ]}
      />
    </ConfirmSheet>
  );
}
