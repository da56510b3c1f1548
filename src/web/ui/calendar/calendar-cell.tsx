import { useTranslation } from 'react-i18next';
import { formatDate, money } from '../format.ts';
import type { CalendarDay, CalendarEntry } from '../../api/customer-queries.ts';
import styles from './calendar-cell.module.css';

type CellState = 'comes' | 'off' | 'problem' | 'none';

const STATES: Readonly<Record<CalendarDay['outcome'], CellState>> = {
  DUE: 'comes',
  ORDERED: 'comes',
  PAUSED: 'off',
  SKIPPED: 'off',
  NOT_DUE: 'none',
  ENDED: 'none',
  SHORT_BALANCE: 'problem',
  OUT_OF_STOCK: 'problem',
  PRODUCT_WITHDRAWN: 'problem',
  MISSED: 'problem',
  BLOCKED: 'problem',
};

/** What several subscriptions do on one date, most important first. */
function stateOf(entries: readonly CalendarEntry[]): CellState {
  const states = new Set(entries.map(({ day }) => STATES[day.outcome]));
  return (['problem', 'comes', 'off'] as const).find((state) => states.has(state)) ?? 'none';
}

interface CalendarCellProps {
  readonly date: string;
  readonly weekday: string;
  readonly entries: readonly CalendarEntry[];
  readonly isToday: boolean;
  readonly onOpen: () => void;
}

export function CalendarCell({ date, weekday, entries, isToday, onOpen }: CalendarCellProps) {
  const { t } = useTranslation();
  const state = stateOf(entries);
  const amount =
    entries.reduce((sum, { day }) => sum + (STATES[day.outcome] === 'comes' ? day.amount * 100 : 0), 0) / 100;
  const outcomes = [...new Set(entries.map(({ day }) => t(`outcome.${day.outcome}`)))].join(', ');
  const label = [
    `${weekday} ${formatDate(date, { day: 'numeric', month: 'long' })}`,
    outcomes,
    amount > 0 && money(amount),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <button
      type="button"
      className={styles['cell']}
      data-state={state}
      aria-current={isToday ? 'date' : undefined}
      onClick={onOpen}
    >
      {/* Not `aria-label`, which speech recognition could not match with what is visible. */}
      <span className={styles['label']}>{label}</span>
      <span aria-hidden="true" className={styles['day']}>
        {Number(date.slice(8))}
      </span>
      <span aria-hidden="true" className={styles['note']}>
        {noteOf(state, amount)}
      </span>
    </button>
  );
}

function noteOf(state: CellState, amount: number): string {
  if (amount > 0) return money(amount);
  if (state === 'off') return '–';
  return state === 'problem' ? '!' : '\u00a0';
}
