import styles from './status-chips.module.css';

interface StatusChipsProps<T extends string> {
  /** What is chosen. */
  readonly label: string;
  readonly options: readonly { readonly value: T | undefined; readonly label: string; readonly count: number }[];
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
}

/** Filters a list by one of a few values, and shows how many rows have each. */
export function StatusChips<T extends string>({ label, options, value, onChange }: StatusChipsProps<T>) {
  return (
    <div role="group" aria-label={label} className={styles['chips']}>
      {options.map((option) => (
        <button
          key={option.value ?? ''}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label} <span className={styles['count']}>{option.count}</span>
        </button>
      ))}
    </div>
  );
}
