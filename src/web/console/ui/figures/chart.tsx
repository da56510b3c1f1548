import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatDate } from '../../../ui/format.ts';
import styles from './chart.module.css';
import { ChartTooltip } from './chart-tooltip.tsx';

export interface Series {
  readonly key: string;
  readonly label: string;
  /** Default: bars. */
  readonly kind?: 'line';
  /** Bars of the same name stand on each other. */
  readonly stack?: string;
}

/** Figures of one date. */
export interface ChartRow {
  readonly date: string;
  readonly [key: string]: string | number;
}

interface ChartProps {
  readonly title?: string;
  readonly rows: readonly ChartRow[];
  readonly series: readonly Series[];
  /** What screen readers say instead of the picture. The figures are in a table beside it. */
  readonly summary: string;
  readonly format?: (value: number) => string;
}

const HEIGHT = 220;
/** Of a figure at the axis, in pixels. `width="auto"` of recharts is too small when the figures change. */
const DIGIT_WIDTH = 8;
const SHORT_DATE = { day: 'numeric', month: 'short' } as const;
const colorOf = (index: number) => `var(--chart-${index + 1})`;

/** A chart over dates. It does not move, and its colours follow the colour scheme. */
export function Chart({ title, rows, series, summary, format = String }: ChartProps) {
  const { t } = useTranslation('console');
  const id = useId();
  const largest = Math.max(
    ...rows.map((row) => series.reduce((sum, { key: name }) => sum + Number(row[name] ?? 0), 0)),
  );
  const isLines = series.every(({ kind }) => kind === 'line');
  const shapes = series.map((one, index) => {
    const common = { key: one.key, dataKey: one.key, name: one.label, isAnimationActive: false } as const;
    const { key, ...rest } = common;
    return one.kind === 'line' ? (
      <Line
        key={key}
        {...rest}
        stroke={colorOf(index)}
        strokeWidth={2.5}
        dot={rows.length <= 31 ? { r: 2.5 } : false}
      />
    ) : (
      <Bar
        key={key}
        {...rest}
        fill={colorOf(index)}
        maxBarSize={36}
        {...(one.stack !== undefined && { stackId: one.stack, stroke: 'var(--card)' })}
      />
    );
  });
  return (
    <figure className={styles['figure']} {...(title && { 'aria-labelledby': id })}>
      <figcaption>
        {title && <h3 id={id}>{title}</h3>}
        <ul className={styles['legend']} aria-label={t('chart.legend')}>
          {series.map(({ key, label, kind }, index) => (
            <li key={key}>
              <span className={styles['swatch']} data-kind={kind} style={{ background: colorOf(index) }} />
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
      <div role="img" aria-label={summary} className={styles['picture']}>
        <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 320, height: HEIGHT }}>
          <ComposedChart data={[...rows]} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="date"
              tickFormatter={(date: string) => formatDate(date, SHORT_DATE)}
              tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
              stroke="var(--line-strong)"
              tickLine={false}
              minTickGap={16}
              {...(isLines && { padding: { left: 12, right: 12 } })}
            />
            <YAxis
              width={DIGIT_WIDTH * (format(Math.max(10, Math.round(largest))).length + 1)}
              allowDecimals={false}
              tickFormatter={format}
              tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
              axisLine={false}
              tickLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--line)', fillOpacity: 0.4 }}
              content={<ChartTooltip format={format} />}
            />
            {shapes.filter(({ type }) => type === Bar)}
            {shapes.filter(({ type }) => type === Line)}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
