import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRound } from '../round-context.tsx';
import { isAtDairy, isLoaded, isOpen, type StopView } from '../view/round-view.ts';
import { BigButton } from './big-button.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { FailSheet } from './fail-sheet.tsx';

/** The second tap of a double tap must not report on the stop that has just appeared. */
const GUARD_MILLISECONDS = 800;

/** What can be reported on a stop. */
export function StopActions({ stop }: { stop: StopView }) {
  const { t } = useTranslation('round');
  const { report } = useRound();
  const [isFailing, setFailing] = useState(false);
  const isGuarded = useGuard(stop.key + stop.state);
  const idsOf = (matches: typeof isOpen) => stop.orders.filter(matches).map(({ deliveryId }) => deliveryId);
  const open = stop.orders.filter(isOpen);
  if (open.length === 0) return <BottomBar />;
  return (
    <>
      <BottomBar>
        <BigButton tone="bad" onClick={() => isGuarded() || setFailing(true)}>
          {t('action.fail')}
        </BigButton>
        {stop.state === 'TO_LOAD' ? (
          <BigButton onClick={() => isGuarded() || report.mutate({ type: 'pick up', deliveryIds: idsOf(isAtDairy) })}>
            {t('action.pickUp')}
          </BigButton>
        ) : (
          <BigButton onClick={() => isGuarded() || report.mutate({ type: 'deliver', deliveryIds: idsOf(isLoaded) })}>
            {t('action.deliver')}
          </BigButton>
        )}
      </BottomBar>
      {isFailing && <FailSheet orders={open} onClose={() => setFailing(false)} />}
    </>
  );
}

/** Whether `subject` has changed a moment ago. */
function useGuard(subject: string): () => boolean {
  const since = useRef(-Infinity);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) since.current = performance.now();
    isFirst.current = false;
  }, [subject]);
  return () => performance.now() - since.current < GUARD_MILLISECONDS;
}
