import { useTranslation } from 'react-i18next';
import { Choice } from '../forms/choice.tsx';
import { formatTime } from '../format.ts';
import { SLOT_TIMES } from '../slots.ts';

export function SlotField({ value, onChange }: { value: string; onChange: (time: string) => void }) {
  const { t } = useTranslation();
  const times = [...new Set([...SLOT_TIMES, value])].sort();
  return (
    <Choice
      label={t('checkout.time')}
      value={value}
      onChange={onChange}
      options={times.map((time) => ({ value: time, label: formatTime(time) }))}
    />
  );
}
