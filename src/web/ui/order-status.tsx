import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from './page.tsx';
import type { Order } from '../api/customer-queries.ts';

const TONES: Readonly<Record<Order['status'], Tone>> = {
  CREATED: 'warn',
  CONFIRMED: 'good',
  PACKED: 'good',
  DISPATCHED: 'good',
  DELIVERED: 'plain',
  CANCELLED: 'bad',
};

export function StatusBadge({ order: { status } }: { order: Pick<Order, 'status'> }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
