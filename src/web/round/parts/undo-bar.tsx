import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useRound } from '../round-context.tsx';
import type { StoredReport } from '../store/database.ts';
import { isHeld, undoReports } from '../store/reports.ts';
import styles from './bottom-bar.module.css';

const SECOND_MILLISECONDS = 1_000;

/** What the courier reported last, for as long as it can be taken back. */
export function UndoBar() {
  const { t } = useTranslation('round');
  const { waiting, view, userId } = useRound();
  const now = useSyncExternalStore(everySecond, nextSecond);
  const last = waiting.findLast((report) => isHeld(report, now));
  const reports = waiting.filter(({ actionId }) => actionId === last?.actionId);
  // The first one names the action; the way to the next stop comes after it.
  const main = reports.find(({ status }) => status !== 'IN_TRANSIT') ?? last;
  const stop = view.stops.find(({ orders }) => orders.some(({ deliveryId }) => deliveryId === main?.deliveryId));
  return (
    <div role="status">
      {last && main && (
        <div className={styles['undo']}>
          <span>{textOf(main)}</span>
          <button type="button" onClick={() => void undoReports(userId, last.actionId)}>
            {t('action.undo')}{' '}
            <span aria-hidden="true">({Math.ceil((last.heldUntil - now) / SECOND_MILLISECONDS)})</span>
          </button>
        </div>
      )}
    </div>
  );

  function textOf({ status, orderNumber }: StoredReport): string {
    const count = reports.filter((report) => report.status === status).length;
    return t(`done.${status}`, { count, name: stop?.customer.name ?? orderNumber });
  }
}

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, SECOND_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Rounded up, so that what is shown can still be taken back. */
function nextSecond(): number {
  return Math.ceil(Date.now() / SECOND_MILLISECONDS) * SECOND_MILLISECONDS;
}
