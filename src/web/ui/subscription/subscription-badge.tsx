import { useTranslation } from 'react-i18next';
import type { Subscription } from '../../api/customer-queries.ts';
import { Badge, type Tone } from '../page.tsx';

const TONES: Readonly<Record<Subscription['status'], Tone>> = {
  ACTIVE: 'good',
  PAUSED: 'warn',
  ENDED: 'plain',
  CANCELLED: 'plain',
};

export function SubscriptionBadge({ subscription: { status } }: { subscription: Pick<Subscription, 'status'> }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[status]}>{t(`subscriptionStatus.${status}`)}</Badge>;
}
