import { useTranslation } from 'react-i18next';
import { useSubscription, useSubscriptions } from '../api/customer-queries.ts';
import { formatDate } from './format.ts';

/** How long the balance of a wallet lasts. `userId` is the customer that an admin names. */
export function WalletRunway({ userId }: { userId?: string }) {
  const { t } = useTranslation();
  const { data: subscriptions } = useSubscriptions(userId);
  const paid = subscriptions?.find(({ status, paymentMethod }) => status === 'ACTIVE' && paymentMethod === 'WALLET');
  return paid ? <Runway subscriptionId={paid.subscriptionId} /> : <p>{t('wallet.noSubscription')}</p>;
}

function Runway({ subscriptionId }: { subscriptionId: string }) {
  const { t } = useTranslation();
  const { data } = useSubscription(subscriptionId);
  // As high as the text that follows.
  if (!data) return <p>&nbsp;</p>;
  const { until, shortOn } = data.runway ?? {};
  if (shortOn && !until) return <p>{t('wallet.shortOn', { date: formatDate(shortOn) })}</p>;
  if (shortOn && until) return <p>{t('wallet.lastsUntil', { date: formatDate(until) })}</p>;
  return <p>{t('wallet.lasts')}</p>;
}
