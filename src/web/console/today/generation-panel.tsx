import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addDays, formatDate, formatInstant } from '../../ui/format.ts';
import { Loaded, Rows } from '../../ui/states.tsx';
import { type Run, useCutoffOf, useRun } from '../day-queries.ts';
import { OutcomeTiles } from '../tomorrow/outcome-tiles.tsx';
import { RunProgress } from '../tomorrow/run-progress.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './today.module.css';

const MINUTE = 60_000;

/** The generation of tomorrow's orders: when it starts, how far it is, or what came of it. */
export function GenerationPanel({ today }: { today: string }) {
  const { t } = useTranslation('console');
  const date = addDays(today, 1);
  const run = useRun(date);
  return (
    <Panel title={t('today.generation', { date: formatDate(date) })}>
      <Loaded query={run} rows={<Rows count={1} height={90} />}>
        {(found) => (found ? <RunState run={found} /> : <Countdown date={date} />)}
      </Loaded>
    </Panel>
  );
}

function Countdown({ date }: { date: string }) {
  const { t } = useTranslation(['console', 'translation']);
  const { closesAt, millisecondsLeft } = useCutoffOf(date);
  const minutesLeft = Math.ceil(millisecondsLeft / MINUTE);
  const time = formatInstant(new Date(closesAt).toISOString(), { hour: 'numeric', minute: '2-digit' });
  const left =
    minutesLeft >= 60
      ? t('translation:calendar.hoursMinutes', { hours: Math.floor(minutesLeft / 60), minutes: minutesLeft % 60 })
      : t('translation:calendar.minutes', { minutes: minutesLeft });
  return (
    <>
      <p className={styles['big']}>{minutesLeft > 0 ? t('today.startsIn', { left }) : t('today.startsSoon')}</p>
      <p className={styles['soft']}>{t('today.cutoff', { time })}</p>
      <p>
        <Link to={`/tomorrow?date=${date}`}>{t('today.preview')}</Link>
      </p>
    </>
  );
}

function RunState({ run }: { run: Run }) {
  const { t } = useTranslation('console');
  return (
    <>
      <RunProgress run={run} />
      <OutcomeTiles date={run.date} counts={run.counts} />
      <p>
        <Link to={`/tomorrow?date=${run.date}`}>{t('today.outcomes')}</Link>
      </p>
    </>
  );
}
