import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSubscription } from '../../api/customer-queries.ts';
import page from '../../ui/page.module.css';
import { Loaded, Notice, Rows } from '../../ui/states.tsx';
import { ChangeForm } from '../../ui/subscription/change-form.tsx';
import { PauseAndCancel } from '../../ui/subscription/pause-and-cancel.tsx';
import { SubscriptionBadge } from '../../ui/subscription/subscription-badge.tsx';
import styles from './customers.module.css';

/** Changes, pauses or cancels a subscription on behalf of its customer. */
export function SubscriptionDetails({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { subscriptionId = '' } = useParams();
  return (
    <section className={styles['narrow']}>
      <Loaded query={useSubscription(subscriptionId)} rows={<Rows count={3} height={140} />}>
        {(subscription) => (
          <>
            <header className={page['row']}>
              <h2>{t('subscription.title')}</h2>
              <SubscriptionBadge subscription={subscription} />
            </header>
            {subscription.userId !== userId && <Notice>{t('problem.subscription_not_found')}</Notice>}
            {subscription.status === 'ENDED' || subscription.status === 'CANCELLED' ? (
              <Notice tone="info">{t('subscription.over')}</Notice>
            ) : (
              <>
                <PauseAndCancel subscription={subscription} />
                <ChangeForm key={subscription.version} subscription={subscription} />
              </>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
