import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import other from '../../images/other.svg';
import { money } from '../../ui/format.ts';
import { Badge, Card, Page } from '../../ui/page.tsx';
import { ActionError, EmptyState, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { Stepper } from '../../ui/forms/stepper.tsx';
import type { Schemas } from '../../api/client.ts';
import { useCart } from '../queries.ts';
import { useCartLine } from '../use-cart-line.ts';
import page from '../../ui/page.module.css';
import styles from './cart.module.css';

type Cart = Schemas['CartResponse'];

export default function CartPage() {
  const { t } = useTranslation();
  const cart = useCart();
  return (
    <Page title={t('cart.title')} back={{ to: '/', label: t('nav.shop') }}>
      <Loaded query={cart} rows={<Rows count={3} />}>
        {(found) => (found.items.length === 0 ? <EmptyCart /> : <Lines cart={found} />)}
      </Loaded>
    </Page>
  );
}

function EmptyCart() {
  const { t } = useTranslation();
  const action = (
    <Button component={Link} to="/">
      {t('cart.browse')}
    </Button>
  );
  return <EmptyState image={other} title={t('cart.empty')} text={t('cart.emptyText')} action={action} />;
}

function Lines({ cart: { items, totalAmount } }: { cart: Cart }) {
  const { t } = useTranslation();
  const isComplete = items.every(({ available }) => available);
  return (
    <>
      <Card>
        <ul className={page['list']}>
          {items.map((line) => (
            <CartLine key={line.productId} line={line} />
          ))}
        </ul>
        <p className={`${page['row']} ${page['total']}`}>
          <span>{t('common.total')}</span>
          <span className={page['amount']}>{money(totalAmount)}</span>
        </p>
      </Card>
      {!isComplete && <Notice tone="info">{t('cart.unavailable')}</Notice>}
      {isComplete && (
        <Button component={Link} to="/checkout" size="lg">
          {t('cart.checkout')}
        </Button>
      )}
    </>
  );
}

function CartLine({ line: { productId, name, price, lineTotal, available } }: { line: Cart['items'][number] }) {
  const { t } = useTranslation();
  const { qty, setQty, error } = useCartLine(productId);
  return (
    <li>
      <div className={styles['line']}>
        <div>
          <Link to={`/product/${productId}`} className={page['strong']}>
            {name}
          </Link>
          <p className={page['soft']}>
            {available ? t('cart.each', { price: money(price) }) : <Badge tone="bad">{t('cart.gone')}</Badge>}
          </p>
        </div>
        <Stepper label={name} value={qty} onChange={setQty} />
        <span className={page['amount']}>{available ? money(lineTotal) : '–'}</span>
      </div>
      <ActionError error={error} />
    </li>
  );
}
