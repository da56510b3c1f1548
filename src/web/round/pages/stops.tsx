import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatInstant, money } from '../../ui/format.ts';
import { Badge } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { BottomBar } from '../parts/bottom-bar.tsx';
import { STATE_TONE } from '../parts/stop-card.tsx';
import { useRound } from '../round-context.tsx';
import type { StopView } from '../view/round-view.ts';
import styles from './stops.module.css';

export function StopsPage() {
  const { t } = useTranslation('round');
  const { stops, finished, next } = useRound().view;
  return (
    <>
      <header className={styles['heading']}>
        <h1>{t('stops.title')}</h1>
        <p>{t('stops.progress', { done: finished, count: stops.length })}</p>
      </header>
      {stops.length === 0 && <EmptyState title={t('next.nothing')} text={t('next.nothingText')} />}
      <ol className={styles['stops']}>
        {stops.map((stop) => (
          <Row key={stop.key} stop={stop} isNext={stop === next} />
        ))}
      </ol>
      <BottomBar />
    </>
  );
}

function Row({ stop, isNext }: { stop: StopView; isNext: boolean }) {
  const { t } = useTranslation('round');
  const { sequence, key, customer, address, deliverySlot, state, cash, orders } = stop;
  const isWaiting = orders.some((order) => order.isWaiting);
  return (
    <li>
      <Link to={`/stops/${key}`} className={styles['stop']} aria-current={isNext ? 'step' : undefined}>
        <span className={styles['number']}>{sequence}</span>
        <span className={styles['text']}>
          <b>{customer.name ?? t('stop.noName')}</b>
          <span className={styles['address']}>{address}</span>
          <span className={styles['facts']}>
            <Badge tone={STATE_TONE[state]}>{isNext ? t('nav.next') : t(`state.${state}`)}</Badge>
            {isWaiting && <Badge tone="warn">{t('state.waiting')}</Badge>}
            {cash > 0 && <Badge>{money(cash)}</Badge>}
            <span>{formatInstant(deliverySlot, { hour: 'numeric', minute: '2-digit' })}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
