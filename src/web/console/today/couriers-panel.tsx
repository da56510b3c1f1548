import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Day } from '../day-queries.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/figures/progress.tsx';
import styles from './today.module.css';

type Row = Day['couriers'][number];

/** How far each courier is. */
export function CouriersPanel({ day: { date, couriers } }: { day: Day }) {
  const { t } = useTranslation('console');
  return (
    <Panel title={t('today.deliveries')}>
      {couriers.length === 0 && <p className={styles['soft']}>{t('today.noDeliveries')}</p>}
      <ul className={styles['couriers']}>
        {couriers.map((row) => (
          <CourierRow key={row.courierId ?? ''} row={row} date={date} />
        ))}
      </ul>
    </Panel>
  );
}

function CourierRow({ row: { courierId, name, deliveries }, date }: { row: Row; date: string }) {
  const { t } = useTranslation('console');
  const of = (status: string) => deliveries[status] ?? 0;
  const total = Object.values(deliveries).reduce((sum, count) => sum + count, 0);
  const done = of('DELIVERED') + of('FAILED');
  const label = courierId === undefined ? t('today.noCourier') : (name ?? t('today.formerCourier'));
  const filter = courierId === undefined ? 'needsCourier=true' : `courier=${encodeURIComponent(courierId)}`;
  return (
    <li className={styles['courier']}>
      <div className={styles['courierHead']}>
        <Link to={`/deliveries?date=${date}&${filter}`}>{label}</Link>
        <span>{t('today.done', { done, total })}</span>
      </div>
      <ProgressBar label={t('today.progressOf', { name: label })} done={done} total={total} />
      <div className={styles['courierHead']}>
        <span className={styles['soft']}>
          {t('today.onTheWay', { count: of('PICKED_UP') + of('IN_TRANSIT') })} ·{' '}
          {t('today.waiting', { count: of('ASSIGNED') })}
        </span>
        {of('FAILED') > 0 && <span className={styles['failed']}>{t('today.failed', { count: of('FAILED') })}</span>}
      </div>
    </li>
  );
}
