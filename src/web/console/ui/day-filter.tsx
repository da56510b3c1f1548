import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays, today } from '../../ui/format.ts';

interface DayFilterProps {
  readonly value: string;
  /** Undefined for today. */
  readonly onChange: (date: string | undefined) => void;
}

/** Chooses the date that a page shows. */
export function DayFilter({ value, onChange }: DayFilterProps) {
  const { t } = useTranslation('console');
  const now = today();
  const choose = (date: string) => onChange(date === now || date === '' ? undefined : date);
  const shortcut = (label: string, date: string) => (
    <Button variant={value === date ? 'light' : 'default'} aria-pressed={value === date} onClick={() => choose(date)}>
      {label}
    </Button>
  );
  return (
    <>
      {shortcut(t('day.today'), now)}
      {shortcut(t('day.tomorrow'), addDays(now, 1))}
      <TextInput
        type="date"
        aria-label={t('day.date')}
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
    </>
  );
}
