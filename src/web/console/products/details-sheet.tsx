import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ProductImage } from '../../ui/product-image.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { type Product, useChangeProduct, useReloadProduct } from './queries.ts';
import styles from './products.module.css';

/** The description and the picture of a product. */
export function DetailsSheet({ product, onClose }: { product: Product; onClose: () => void }) {
  return (
    <Sheet title={product.name} onClose={onClose}>
      <DetailsForm key={product.version} product={product} onClose={onClose} />
    </Sheet>
  );
}

function DetailsForm({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslation(['console', 'translation']);
  const [description, setDescription] = useState(product.description ?? '');
  const [imageUrl, setImageUrl] = useState(product.imageUrl ?? '');
  const reload = useReloadProduct(product.productId);
  const { mutate, isPending, error } = useChangeProduct(product, onClose);
  return (
    <form
      className={page['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ description: description.trim() || null, imageUrl: imageUrl.trim() || null });
      }}
    >
      <p className={page['soft']}>{t('products.idIs', { id: product.productId })}</p>
      <Textarea
        label={t('products.description')}
        rows={5}
        maxLength={2000}
        value={description}
        error={fieldProblem(error, 'description')}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <TextInput
        label={t('products.imageUrl')}
        description={t('products.imageHint')}
        type="url"
        maxLength={500}
        value={imageUrl}
        error={fieldProblem(error, 'imageUrl')}
        onChange={({ currentTarget }) => setImageUrl(currentTarget.value)}
      />
      <ProductImage product={product} {...(styles['picture'] && { className: styles['picture'] })} />
      <ActionError error={error} onReload={() => void reload()} />
      <Button type="submit" loading={isPending}>
        {t('translation:common.save')}
      </Button>
    </form>
  );
}
