import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { BottomBar } from '../parts/bottom-bar.tsx';
import { HandIn } from '../parts/hand-in.tsx';
import { LoadList } from '../parts/load-list.tsx';
import { PickUpBar } from '../parts/pick-up-bar.tsx';
import { StopActions } from '../parts/stop-actions.tsx';
import { StopCard } from '../parts/stop-card.tsx';
import { useRound } from '../round-context.tsx';

/** What the courier does now: load, go to the next stop, or hand in. */
export function NextStopPage() {
  const { t } = useTranslation('round');
  const { view } = useRound();
  const { next, stops, toLoad, finished } = view;
  if (next) {
    return (
      <>
        {toLoad.length > 0 && (
          <Notice tone="info">
            <Link to="/totals">{t('next.stillAtDairy', { count: toLoad.length })}</Link>
          </Notice>
        )}
        <StopCard stop={next} count={stops.length} />
        <StopActions stop={next} />
      </>
    );
  }
  if (toLoad.length > 0) {
    return (
      <>
        <h1>{finished > 0 ? t('next.leftTitle') : t('next.title')}</h1>
        <LoadList />
        <PickUpBar />
      </>
    );
  }
  return (
    <>
      {stops.length === 0 ? (
        <EmptyState title={t('next.nothing')} text={t('next.nothingText')} />
      ) : (
        <>
          <h1>{t('next.finished')}</h1>
          <p>{t('next.finishedText', { count: stops.length })}</p>
          <HandIn />
        </>
      )}
      <BottomBar />
    </>
  );
}
