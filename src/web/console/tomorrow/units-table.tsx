import { useTranslation } from 'react-i18next';
import { DataTable } from '../ui/table/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import type { Preview } from './queries.ts';
import styles from './tomorrow.module.css';

/** The units of each product that would be ordered. */
export function UnitsTable({ units }: { units: Preview['units'] }) {
  const { t } = useTranslation('console');
  return (
    <Panel title={t('units.title')}>
      {units.length === 0 ? (
        <p className={styles['soft']}>{t('units.none')}</p>
      ) : (
        <DataTable
          label={t('units.title')}
          columns={[
            { key: 'name', label: t('units.product'), render: ({ name }) => name, sortBy: ({ name }) => name },
            {
              key: 'units',
              label: t('units.units'),
              align: 'end',
              render: ({ units: count }) => count,
              sortBy: ({ units: count }) => count,
            },
          ]}
          rows={units}
          rowKey={({ productId }) => productId}
        />
      )}
    </Panel>
  );
}
