import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CheckIcon } from '../../ui/icons.tsx';
import { Rows } from '../../ui/states.tsx';
import { type Day, useRun } from '../day-queries.ts';
import { Panel } from '../ui/panel.tsx';
import { type Count, useDeliveriesWithoutCourier, useFailedMessages, useParkedEvents } from './queries.ts';
import styles from './today.module.css';

const NAMES = ['failed', 'withoutCourier', 'short', 'undecided', 'parked', 'messages'] as const;
type Name = (typeof NAMES)[number];

interface Problem extends Count {
  readonly name: Name;
  /** The page that settles it. */
  readonly to: string;
}

const exactly = (count: number): Count => ({ count, isMore: false });

/** What went wrong, each with the page that settles it. */
export function ProblemsPanel({ day: { date, couriers } }: { day: Day }) {
  const { t } = useTranslation(['console', 'translation']);
  const run = useRun(date);
  const parked = useParkedEvents();
  const messages = useFailedMessages();
  const withoutCourier = useDeliveriesWithoutCourier(date);
  const queries = [run, parked, messages, withoutCourier];
  const failed = couriers.reduce((sum, { deliveries }) => sum + (deliveries['FAILED'] ?? 0), 0);
  const undecided = run.data?.status === 'FAILED' ? 1 : 0;
  const counted: Record<Name, Count & { to: string }> = {
    failed: { ...exactly(failed), to: `/deliveries?date=${date}&status=FAILED` },
    withoutCourier: { ...(withoutCourier.data ?? exactly(0)), to: `/deliveries?date=${date}&needsCourier=true` },
    short: {
      ...exactly(run.data?.counts['SHORT_BALANCE'] ?? 0),
      to: `/tomorrow?date=${date}&outcome=SHORT_BALANCE`,
    },
    undecided: { ...exactly(undecided), to: `/tomorrow?date=${date}&outcome=MISSED` },
    parked: { ...(parked.data ?? exactly(0)), to: '/operations?tab=events' },
    messages: { ...(messages.data ?? exactly(0)), to: '/operations?tab=messages' },
  };
  const problems: Problem[] = NAMES.map((name) => ({ name, ...counted[name] })).filter(({ count }) => count > 0);
  const isFine = problems.length === 0 && queries.every(({ isSuccess }) => isSuccess);
  const hasFailed = queries.some(({ isError }) => isError);
  return (
    <Panel title={t('today.problems')}>
      {problems.length > 0 && (
        <ul className={styles['problems']}>
          {problems.map(({ name, count, isMore, to }) => (
            <li key={name}>
              <Link to={to}>
                <b>{isMore ? `${count}+` : count}</b> {t(`today.problem.${name}`, { count })}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {isFine && (
        <p className={styles['fine']}>
          <CheckIcon size={20} />
          {t('today.noProblems')}
        </p>
      )}
      {hasFailed && (
        <p className={styles['soft']}>
          {t('today.notCounted')}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => queries.forEach(({ refetch }) => void refetch())}>
            {t('translation:common.tryAgain')}
          </Button>
        </p>
      )}
      {!isFine && !hasFailed && queries.some(({ isPending }) => isPending) && <Rows count={1} height={40} />}
    </Panel>
  );
}
