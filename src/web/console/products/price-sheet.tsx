import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime, money } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { useDairy } from '../queries.ts';
import { moneyOf } from './amounts.ts';
import { Consequences } from './consequences.tsx';
import { type Product, useChangeProduct, useReloadProduct } from './queries.ts';

/** Changes a price, and says which customers pay it. Begins again from the current price when someone else has changed it. */
export function PriceSheet({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation('console');
  return (
    <Sheet title={t('products.priceOf', { name: product.name })} onClose={onClose}>
      <PriceForm key={product.version} product={product} onClose={onClose} />
    </Sheet>
  );
}

function PriceForm({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation(['console', 'translation']);
  const [text, setText] = useState(String(product.price));
  const reload = useReloadProduct(product.productId);
  const cutoff = formatTime(useDairy().data?.cutoffTime ?? '');
  const { mutate, isPending, error } = useChangeProduct(product, onClose);
  const price = moneyOf(text);
  return (
    <form
      className={page['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (price === product.price) onClose();
        else if (price !== undefined) mutate({ price });
      }}
    >
      <p className={page['soft']}>{t('products.priceNow', { price: money(product.price) })}</p>
      <TextInput
        label={t('products.newPrice')}
        description={product.unit}
        inputMode="decimal"
        required
        value={text}
        error={price === undefined && t('products.priceFormat')}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Consequences
        productId={product.productId}
        texts={[t('products.priceOrders'), t('products.priceSubscriptions', { cutoff }), t('products.priceCarts')]}
      />
      <ActionError error={error} onReload={() => void reload()} />
      <Button type="submit" loading={isPending}>
        {t('products.savePrice', { price: price === undefined ? '' : money(price) })}
      </Button>
    </form>
  );
}
