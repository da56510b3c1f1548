import { formatDate } from '../../../ui/format.ts';
import styles from './chart.module.css';

interface ChartTooltipProps {
  readonly format: (value: number) => string;
  /** Set by the chart. */
  readonly active?: boolean;
  readonly label?: string | number;
  readonly payload?: readonly {
    readonly dataKey?: unknown;
    readonly name?: unknown;
    readonly value?: unknown;
    readonly color?: string;
    readonly fill?: string;
  }[];
}

/** The figures of the date under the pointer. */
export function ChartTooltip({ format, active, label, payload = [] }: ChartTooltipProps) {
  if (!active || payload.length === 0) return null;
  return (
    <div className={styles['tooltip']}>
      <b>{formatDate(String(label))}</b>
      {payload.map(({ dataKey, name, value, color, fill }) => (
        <p key={String(dataKey)}>
          <span className={styles['swatch']} style={{ background: fill ?? color }} />
          {String(name)} <b>{format(Number(value))}</b>
        </p>
      ))}
    </div>
  );
}
