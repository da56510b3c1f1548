import { useTranslation } from 'react-i18next';
import { formatDate, money } from '../../ui/format.ts';
import type { CalendarDay, CalendarEntry } from '../queries.ts';
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
  const told = entries.filter(({ day }) => state === 'none' || STATES[day.outcome] !== 'none');
  const outcomes = new Set(told.map(({ day }) => t(`outcome.${day.outcome}`)));
  return (
    <button
      type="button"
      className={styles['cell']}
      data-state={state}
      aria-current={isToday ? 'date' : undefined}
      onClick={onOpen}
    >
      <span className={styles['hidden']}>{weekday}</span>
      <span className={styles['day']}>{Number(date.slice(8))}</span>
      <span className={styles['hidden']}>{formatDate(date, { month: 'long' })}</span>
      <span className={styles['note']}>{noteOf(state, amount)}</span>
      <span className={styles['hidden']}>{[...outcomes].join(', ')}</span>
    </button>
  );
}

function noteOf(state: CellState, amount: number): string {
  if (amount > 0) return money(amount);
  if (state === 'off') return '–';
  return state === 'problem' ? '!' : '\u00a0';
}
