import { useTranslation } from 'react-i18next';
import { MinusIcon, PlusIcon } from '../icons.tsx';
import styles from './stepper.module.css';

const MAX_QUANTITY = 1_000;

interface StepperProps {
  /** What is counted, for screen readers. */
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean;
}

export function Stepper({ label, value, min = 0, onChange, disabled = false }: StepperProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['stepper']} role="group" aria-label={label}>
      <button
        type="button"
        onClick={() => onChange(value - 1)}
        disabled={disabled || value <= min}
        aria-label={t('common.less', { name: label })}
      >
        <MinusIcon size={18} />
      </button>
      <output aria-live="polite">{value}</output>
      <button
        type="button"
        onClick={() => onChange(value + 1)}
        disabled={disabled || value >= MAX_QUANTITY}
        aria-label={t('common.more', { name: label })}
      >
        <PlusIcon size={18} />
      </button>
    </div>
  );
}
