import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BackIcon } from '../../ui/icons.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { BottomBar } from '../parts/bottom-bar.tsx';
import { StopActions } from '../parts/stop-actions.tsx';
import { StopCard } from '../parts/stop-card.tsx';
import { useRound } from '../round-context.tsx';
import styles from '../../ui/page.module.css';

/** Any stop, in whatever order the courier goes. */
export function StopPage() {
  const { t } = useTranslation('round');
  const { deliveryId } = useParams();
  const { stops } = useRound().view;
  const stop = stops.find(({ orders }) => orders.some((order) => order.deliveryId === deliveryId));
  return (
    <>
      <Link to="/stops" className={styles['back']}>
        <BackIcon size={20} />
        {t('stops.title')}
      </Link>
      {stop ? (
        <>
          <StopCard stop={stop} count={stops.length} />
          <StopActions stop={stop} />
        </>
      ) : (
        <>
          <EmptyState title={t('stop.gone')} />
          <BottomBar />
        </>
      )}
    </>
  );
}
