import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/page.tsx';
import { Notice } from '../../ui/states.tsx';
import { useRound } from '../round-context.tsx';
import { isAtDairy, sumOf } from '../view/round-view.ts';
import { LineList } from './line-list.tsx';

/** What is still at the dairy, and which orders are not packed. */
export function LoadList() {
  const { t } = useTranslation('round');
  const { stops, toLoad } = useRound().view;
  const unpacked = stops.flatMap(({ sequence, customer, orders }) =>
    orders
      .filter((order) => isAtDairy(order) && !order.packed)
      .map(({ orderId, orderNumber }) => ({ orderId, number: sequence, name: customer.name ?? orderNumber })),
  );
  return (
    <>
      <Card title={t('totals.load')}>
        <LineList lines={sumOf(toLoad.flatMap(({ items }) => items))} />
      </Card>
      {unpacked.length > 0 && (
        <Notice tone="info">
          {t('totals.notPacked', { count: unpacked.length })}
          <ul>
            {unpacked.map(({ orderId, ...stop }) => (
              <li key={orderId}>{t('totals.notPackedLine', stop)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
