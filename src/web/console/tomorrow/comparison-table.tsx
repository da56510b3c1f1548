import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/format.ts';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { RECORDED_OUTCOMES } from './outcomes.ts';
import type { Preview } from './queries.ts';
import styles from './tomorrow.module.css';

interface Row {
  readonly key: string;
  readonly label: string;
  readonly expected: number;
  readonly usual: number | undefined;
  readonly difference: number | undefined;
}

const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0');

/** The outcomes that are expected, beside the mean of the same weekday. */
export function ComparisonTable({ preview: { date, counts, faults, usual, difference } }: { preview: Preview }) {
  const { t } = useTranslation(['console', 'translation']);
  const weekday = formatDate(date, { weekday: 'long' });
  const rows: Row[] = RECORDED_OUTCOMES.map((outcome) => ({
    key: outcome,
    label: t(`translation:outcome.${outcome}`),
    expected: counts[outcome] ?? 0,
    usual: usual.mean?.[outcome],
    difference: difference?.[outcome],
  })).filter(({ key, expected, usual: mean }) => key === 'ORDERED' || expected > 0 || (mean ?? 0) > 0);
  if (faults > 0) {
    rows.push({ key: 'faults', label: t('preview.faults'), expected: faults, usual: undefined, difference: undefined });
  }
  const compared: Column<Row>[] = [
    { key: 'usual', label: t('preview.usual'), align: 'end', render: ({ usual: mean }) => mean ?? '–' },
    {
      key: 'difference',
      label: t('preview.difference'),
      align: 'end',
      render: ({ difference: value }) => (value === undefined ? '–' : signed(value)),
    },
  ];
  return (
    <>
      <div className={styles['narrow']}>
        <DataTable
          label={t('preview.title')}
          columns={[
            { key: 'label', label: t('preview.outcome'), render: ({ label }) => label },
            { key: 'expected', label: t('preview.expected'), align: 'end', render: ({ expected }) => expected },
            ...(usual.runs > 0 ? compared : []),
          ]}
          rows={rows}
          rowKey={({ key }) => key}
        />
      </div>
      <p className={styles['soft']}>
        {usual.runs > 0 ? t('preview.compared', { count: usual.runs, weekday }) : t('preview.notCompared', { weekday })}
      </p>
    </>
  );
}
