import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { useRound } from '../round-context.tsx';
import type { StoredReport } from '../store/database.ts';
import { settleRefused } from '../store/reports.ts';
import en from '../texts/en.json';
import { BigButton } from './big-button.tsx';
import styles from '../../ui/page.module.css';

type RefusalKey = Extract<keyof typeof en.refused, `delivery_${string}`>;

/** What the server has refused, and what it says now. The courier sends it again or gives it up. */
export function RefusedList() {
  const { refused } = useRound();
  const byDelivery = [...Map.groupBy(refused, ({ deliveryId }) => deliveryId)];
  return byDelivery.map(([deliveryId, reports]) => <Refused key={deliveryId} reports={reports} />);
}

function Refused({ reports }: { reports: readonly StoredReport[] }) {
  const { t } = useTranslation('round');
  const { userId, round, reload } = useRound();
  const [first, last] = [reports[0], reports.at(-1)];
  if (!first || !last) return null;
  const { deliveryId, orderNumber, refusal } = first;
  const { stops, amendments } = round.manifest;
  const stop = stops.find(({ orders }) => orders.some((order) => order.deliveryId === deliveryId));
  const order = stop?.orders.find((one) => one.deliveryId === deliveryId);
  const change = amendments.flatMap(({ changes }) => changes).find((one) => one.orderNumber === orderNumber);
  const state = order
    ? t(`status.${order.status}`)
    : change?.reason
      ? t(`refused.${change.reason}`)
      : t('refused.gone');
  const name = stop?.customer.name ?? change?.customerName;
  const time = formatInstant(last.at, { hour: 'numeric', minute: '2-digit' });
  const settle = async (how: 'drop' | 'send again') => {
    await settleRefused(userId, deliveryId, how);
    reload();
  };
  return (
    <Card title={t('refused.title')}>
      <p className={styles['strong']}>
        {name && `${name} · `}
        {t('stop.order', { number: orderNumber })}
      </p>
      <p>{t('refused.reported', { time, status: t(`status.${last.status}`) })}</p>
      <p>{refusal && (textOf(refusal.code) ?? refusal.detail)}</p>
      <p className={styles['strong']}>{t('refused.now', { state })}</p>
      <div className={styles['actions']}>
        <BigButton tone="plain" onClick={() => void settle('send again')}>
          {t('refused.again')}
        </BigButton>
        <BigButton onClick={() => void settle('drop')}>{t('refused.drop')}</BigButton>
      </div>
    </Card>
  );

  function textOf(code: string): string | undefined {
    const key = code.replace('.', '_');
    return key in en.refused ? t(`refused.${key as RefusalKey}`) : undefined;
  }
}
