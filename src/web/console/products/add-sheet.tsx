import { Button, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import page from '../../ui/page.module.css';
import { fieldProblem } from '../../ui/problem-text.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { moneyOf, percentOf, unitsOf } from './amounts.ts';
import { useKeepProduct } from './queries.ts';
import styles from './products.module.css';

type NewProduct = Schemas['AddProductRequest'];

const EMPTY = {
  ...{ name: '', category: '', unit: '', price: '', stock: '', taxRate: '', description: '', imageUrl: '' },
  productId: '',
};
type Field = keyof typeof EMPTY;

/** What was typed, as the API wants it. Undefined while something is missing or no number. */
function productOf(typed: Readonly<Record<Field, string>>): NewProduct | undefined {
  const { name, category, unit, description, imageUrl, productId } = trimmed(typed);
  const price = moneyOf(typed.price);
  const stock = unitsOf(typed.stock);
  const taxRate = typed.taxRate.trim() === '' ? undefined : percentOf(typed.taxRate);
  if (!name || !category || price === undefined || stock === undefined) return undefined;
  if (typed.taxRate.trim() !== '' && taxRate === undefined) return undefined;
  return {
    ...{ name, category, price, stock },
    ...(unit && { unit }),
    ...(taxRate !== undefined && { taxRate }),
    ...(description && { description }),
    ...(imageUrl && { imageUrl }),
    ...(productId && { productId }),
  };
}

const trimmed = (typed: Readonly<Record<Field, string>>) =>
  Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, text.trim()])) as Record<Field, string>;

/** Puts a new product on sale. */
export function AddSheet({ onClose, onAdded }: { onClose: () => void; onAdded: (name: string) => void }) {
  const { t } = useTranslation('console');
  const [typed, setTyped] = useState<Record<Field, string>>(EMPTY);
  const keep = useKeepProduct();
  const { mutate, isPending, error } = useAction(
    (body: NewProduct, header) => bodyOf(api.POST('/product/add', { body, params: { header } })),
    {
      onSuccess: (product) => {
        keep(product);
        onAdded(product.name);
      },
    },
  );
  const product = productOf(typed);
  const field = (name: Field) => ({
    label: t(`products.${name}`),
    value: typed[name],
    error: fieldProblem(error, name),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setTyped((previous) => ({ ...previous, [name]: currentTarget.value })),
  });
  const pair = (left: ReactNode, right: ReactNode) => (
    <div className={styles['pair']}>
      {left}
      {right}
    </div>
  );
  return (
    <Sheet title={t('products.addTitle')} onClose={onClose}>
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (product) mutate(product);
        }}
      >
        <TextInput {...field('name')} required maxLength={120} />
        {pair(
          <TextInput {...field('category')} required maxLength={60} list="product-categories" />,
          <TextInput {...field('unit')} maxLength={30} placeholder="500 ml" />,
        )}
        {pair(
          <TextInput {...field('price')} required inputMode="decimal" />,
          <TextInput {...field('stock')} required inputMode="numeric" />,
        )}
        {pair(
          <TextInput {...field('taxRate')} inputMode="decimal" />,
          <TextInput {...field('productId')} maxLength={64} />,
        )}
        <Textarea {...field('description')} rows={3} maxLength={2000} />
        <TextInput {...field('imageUrl')} type="url" maxLength={500} />
        <p className={page['soft']}>{t('products.addHint')}</p>
        <ActionError error={error} />
        <Button type="submit" loading={isPending} disabled={!product}>
          {t('products.addAction')}
        </Button>
      </form>
    </Sheet>
  );
}
