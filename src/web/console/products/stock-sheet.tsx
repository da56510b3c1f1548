import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/forms/choice.tsx';
import { formatTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useDairy } from '../queries.ts';
import { unitsOf } from './amounts.ts';
import { Consequences } from './consequences.tsx';
import { type Product, useReloadProduct } from './queries.ts';
import { type StockChange, StockMoved, useStockChange } from './use-stock-change.ts';

const MODES = ['ADD', 'TAKE', 'COUNT'] as const;

/** Adds to the stock, takes from it, or corrects it after a count. */
export function StockSheet({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation('console');
  const { productId } = product;
  const [mode, setMode] = useState<StockChange['mode']>('ADD');
  const [text, setText] = useState('');
  // The list may show a newer stock meanwhile, but the count was typed beside this one.
  const [seen, setSeen] = useState(product.stock);
  const reload = useReloadProduct(productId);
  const cutoff = formatTime(useDairy().data?.cutoffTime ?? '');
  const { mutate, isPending, error } = useStockChange(productId, onClose);
  const units = unitsOf(text);
  const showCurrent = async () => setSeen((await reload())?.stock ?? seen);
  const submit = () => {
    if (units === undefined) return;
    mutate(mode === 'COUNT' ? { mode, units, seen } : { mode, units }, {
      onError: (refusal) => refusal instanceof StockMoved && setSeen(refusal.product.stock),
    });
  };
  return (
    <Sheet title={t('products.stockOf', { name: product.name })} onClose={onClose}>
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t('products.stockNow', { stock: seen, unit: product.unit ?? t('products.units') })}</p>
        <Choice
          label={t('products.stockChange')}
          value={mode}
          onChange={setMode}
          options={MODES.map((value) => ({ value, label: t(`products.mode.${value}`) }))}
        />
        <TextInput
          label={t(`products.modeField.${mode}`)}
          description={mode === 'COUNT' ? t('products.countHint') : undefined}
          inputMode="numeric"
          required
          value={text}
          error={text !== '' && units === undefined && t('products.unitsFormat')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Consequences
          productId={productId}
          texts={[t('products.stockOrders'), t('products.stockSubscriptions', { cutoff })]}
        />
        {error instanceof StockMoved ? (
          <Notice tone="info">{t('products.stockMoved', { stock: seen })}</Notice>
        ) : (
          <ActionError error={error} onReload={() => void showCurrent()} />
        )}
        <Button type="submit" loading={isPending}>
          {t('products.saveStock')}
        </Button>
      </form>
    </Sheet>
  );
}
