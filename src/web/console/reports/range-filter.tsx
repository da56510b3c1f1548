import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays, addMonths, daysInMonth } from '../../ui/format.ts';
import type { DateRange } from './queries.ts';
import styles from './reports.module.css';

interface RangeFilterProps {
  readonly range: DateRange;
  readonly today: string;
  readonly onChange: (range: Partial<DateRange>) => void;
}

const SHORTCUTS = ['week', 'month', 'thisMonth', 'lastMonth', 'year'] as const;
type Shortcut = (typeof SHORTCUTS)[number];

function rangesFrom(today: string): Record<Shortcut, DateRange> {
  const month = today.slice(0, 7);
  const lastMonth = addMonths(month, -1);
  return {
    week: { from: addDays(today, -6), to: today },
    month: { from: addDays(today, -29), to: today },
    thisMonth: { from: `${month}-01`, to: today },
    lastMonth: { from: `${lastMonth}-01`, to: `${lastMonth}-${daysInMonth(lastMonth)}` },
    year: { from: addDays(today, -364), to: today },
  };
}

/** The dates of the report: a usual range, or any. */
export function RangeFilter({ range, today, onChange }: RangeFilterProps) {
  const { t } = useTranslation('console');
  const ranges = rangesFrom(today);
  return (
    <div className={styles['filter']} role="group" aria-label={t('reports.dates')}>
      <div className={styles['shortcuts']}>
        {SHORTCUTS.map((name) => {
          const isChosen = ranges[name].from === range.from && ranges[name].to === range.to;
          return (
            <Button
              key={name}
              variant={isChosen ? 'light' : 'default'}
              aria-pressed={isChosen}
              onClick={() => onChange(ranges[name])}
            >
              {t(`reports.shortcut.${name}`)}
            </Button>
          );
        })}
      </div>
      <div className={styles['shortcuts']}>
        <TextInput
          type="date"
          label={t('reports.from')}
          value={range.from}
          max={range.to}
          onChange={({ currentTarget: { value } }) => value && onChange({ from: value, to: range.to })}
        />
        <TextInput
          type="date"
          label={t('reports.to')}
          value={range.to}
          min={range.from}
          max={today}
          onChange={({ currentTarget: { value } }) => value && onChange({ from: range.from, to: value })}
        />
      </div>
    </div>
  );
}
