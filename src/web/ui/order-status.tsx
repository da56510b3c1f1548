import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.ts';
import { Badge, type Tone } from './page.tsx';

type Order = Schemas['OrderResponse'];

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
