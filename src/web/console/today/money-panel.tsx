import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { Loaded, Rows } from '../../ui/states.tsx';
import type { Day } from '../day-queries.ts';
import { Panel } from '../ui/panel.tsx';
import { Tiles } from '../ui/figures/tiles.tsx';
import { useFigures } from './queries.ts';

/** The money of today. */
export function MoneyPanel({ day: { date, amount } }: { day: Day }) {
  const { t } = useTranslation('console');
  const figures = useFigures(date);
  return (
    <Panel title={t('today.money')}>
      <Loaded query={figures} rows={<Rows count={1} height={140} />}>
        {({ revenue, refunded, refunds, orders, walletFloat }) => (
          <Tiles
            tiles={[
              {
                key: 'revenue',
                label: t('today.received'),
                value: money(revenue),
                to: `/reports?from=${date}&to=${date}`,
              },
              {
                key: 'refunded',
                label: t('today.refunded'),
                value: money(refunded),
                hint: refunds > 0 ? t('today.refunds', { count: refunds }) : undefined,
              },
              { key: 'amount', label: t('today.ordersValue'), value: money(amount) },
              { key: 'orders', label: t('today.placed'), value: orders },
              { key: 'float', label: t('today.walletFloat'), value: money(walletFloat) },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
