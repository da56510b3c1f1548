import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Subscription } from '../../api/customer-queries.ts';
import { useProduct, useProfile } from '../../api/queries.ts';
import { formatDate } from '../../ui/format.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { SubscribeForm } from '../../ui/subscription/subscribe-form.tsx';
import styles from '../../ui/page.module.css';

export default function SubscribePage() {
  const { t } = useTranslation();
  const { productId = '' } = useParams();
  const product = useProduct(productId);
  const profile = useProfile();
  const [created, setCreated] = useState<Subscription>();
  if (created) return <Done subscription={created} />;
  return (
    <Page
      title={t('subscribe.title')}
      text={t('subscribe.text')}
      back={{ to: `/product/${productId}`, label: product.data?.name ?? t('nav.shop') }}
    >
      <Loaded query={product} rows={<Rows count={3} height={140} />}>
        {() => (
          <Loaded query={profile} rows={<Rows count={3} height={140} />}>
            {({ address }) => (
              <SubscribeForm products={[productId]} hasAddress={Boolean(address)} onDone={setCreated} />
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Done({ subscription: { nextDeliveryDate, startDate, paymentMethod } }: { subscription: Subscription }) {
  const { t } = useTranslation();
  return (
    <Page title={t('subscribe.doneTitle')}>
      <Card>
        <p className={styles['strong']} role="status">
          <CheckIcon /> {t('subscribe.done', { date: formatDate(nextDeliveryDate ?? startDate) })}
        </p>
        {paymentMethod === 'WALLET' && <p className={styles['soft']}>{t('subscribe.topUpHint')}</p>}
        <div className={styles['actions']}>
          {paymentMethod === 'WALLET' && (
            <Button component={Link} to="/wallet">
              {t('wallet.topUp')}
            </Button>
          )}
          <Button component={Link} to="/calendar" variant="light">
            {t('calendar.open')}
          </Button>
        </div>
      </Card>
    </Page>
  );
}
