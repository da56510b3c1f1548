import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type Subscription, useSubscription } from '../../api/customer-queries.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded, Notice, Rows } from '../../ui/states.tsx';
import { ChangeForm } from '../../ui/subscription/change-form.tsx';
import { PauseAndCancel } from '../../ui/subscription/pause-and-cancel.tsx';
import { SubscriptionBadge } from '../../ui/subscription/subscription-badge.tsx';

export default function ChangeSubscriptionPage() {
  const { t } = useTranslation();
  const { subscriptionId = '' } = useParams();
  const subscription = useSubscription(subscriptionId);
  return (
    <Page
      title={t('subscription.title')}
      back={{ to: '/subscriptions', label: t('subscriptions.title') }}
      action={subscription.data && <SubscriptionBadge subscription={subscription.data} />}
    >
      <Loaded query={subscription} rows={<Rows count={3} height={140} />}>
        {(found) => <Details key={found.version} subscription={found} />}
      </Loaded>
    </Page>
  );
}

function Details({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { status } = subscription;
  if (status === 'ENDED' || status === 'CANCELLED') return <Notice tone="info">{t('subscription.over')}</Notice>;
  return (
    <>
      <ChangeForm subscription={subscription} />
      <PauseAndCancel subscription={subscription} />
    </>
  );
}
