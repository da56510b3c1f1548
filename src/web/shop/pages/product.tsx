import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { money } from '../../ui/format.ts';
import { RepeatIcon } from '../../ui/icons.tsx';
import { Badge, Page } from '../../ui/page.tsx';
import { ProductImage } from '../../ui/product-image.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { AddToCart } from '../product-card.tsx';
import { type Product, useProduct } from '../../api/queries.ts';
import styles from './product.module.css';

/** From here on, the page says how many are left. */
const FEW = 20;

export default function ProductPage() {
  const { t } = useTranslation();
  const { productId } = useParams();
  const product = useProduct(productId);
  const name = product.data?.name ?? t('browse.products');
  return (
    <Page title={name} back={{ to: '/', label: t('nav.shop') }}>
      <Loaded query={product} rows={<Rows count={2} height={240} />}>
        {(found) => <Details product={found} />}
      </Loaded>
    </Page>
  );
}

function Details({ product }: { product: Product }) {
  const { t } = useTranslation();
  const { productId, unit, price, stock, category, description } = product;
  return (
    <article className={styles['product']}>
      <ProductImage product={product} className={styles['image']} />
      <div className={styles['facts']}>
        <p className={styles['price']}>
          {money(price)} <small>{unit}</small>
        </p>
        <Badge>{category}</Badge>
        {stock > 0 && stock <= FEW && <Badge tone="warn">{t('product.left', { count: stock })}</Badge>}
      </div>
      {description && <p>{description}</p>}
      {stock > 0 ? (
        <div className={styles['actions']}>
          <Button component={Link} to={`/subscribe/${productId}`} size="md" leftSection={<RepeatIcon size={20} />}>
            {t('product.subscribe')}
          </Button>
          <AddToCart product={product} size="md" />
        </div>
      ) : (
        <Badge tone="bad">{t('product.soldOut')}</Badge>
      )}
      <p className={styles['note']}>{t('product.subscribeNote')}</p>
    </article>
  );
}
