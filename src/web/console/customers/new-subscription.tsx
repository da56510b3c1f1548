import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SubscribeForm } from '../../ui/subscription/subscribe-form.tsx';
import styles from './customers.module.css';
import type { User } from './queries.ts';

/** Subscribes on behalf of a customer. */
export function NewSubscription({ user: { userId, address } }: { user: User }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  return (
    <section className={styles['narrow']}>
      <h2>{t('subscriptions.add')}</h2>
      <SubscribeForm
        products={[]}
        hasAddress={address !== null}
        userId={userId}
        onDone={() => void navigate(`/customers/${userId}/subscriptions`)}
      />
    </section>
  );
}
