import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSessionStatus } from '../api/hooks.ts';
import { money } from '../ui/format.ts';
import { problemText } from '../ui/problem-text.ts';
import { ProductImage } from '../ui/product-image.tsx';
import { Stepper } from '../ui/forms/stepper.tsx';
import type { Product } from '../api/queries.ts';
import { useCartLine } from './use-cart-line.ts';
import styles from './product-card.module.css';

export function ProductCard({ product }: { product: Product }) {
  const { t } = useTranslation();
  const { productId, name, unit, price, stock } = product;
  return (
    <li className={styles['card']}>
      <Link to={`/product/${productId}`} className={styles['link']}>
        <ProductImage product={product} className={styles['image']} />
        <span className={styles['name']}>{name}</span>
        <span className={styles['unit']}>{unit}</span>
      </Link>
      <div className={styles['foot']}>
        <span className={styles['price']}>{money(price)}</span>
        {stock > 0 ? <AddToCart product={product} /> : <span className={styles['unit']}>{t('product.soldOut')}</span>}
      </div>
    </li>
  );
}

/** A button, and once the product is in the cart a stepper in its place. */
export function AddToCart({
  product: { productId, name, unit },
  size = 'sm',
}: {
  product: Product;
  size?: 'sm' | 'md';
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isSignedOut = useSessionStatus() === 'signed-out';
  const { qty, setQty, error } = useCartLine(productId);
  const label = unit ? `${name}, ${unit}` : name;
  const add = () => {
    if (isSignedOut) void navigate(`/sign-in?next=${encodeURIComponent(`/product/${productId}`)}`);
    else setQty(1);
  };
  return (
    <>
      {qty > 0 ? (
        <Stepper label={label} value={qty} onChange={setQty} />
      ) : (
        <Button variant="light" size={size} onClick={add} aria-label={t('product.addNamed', { name: label })}>
          {t('product.add')}
        </Button>
      )}
      {error && (
        <span role="alert" className={styles['problem']}>
          {problemText(error, t)}
        </span>
      )}
    </>
  );
}
