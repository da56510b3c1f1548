import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatInstant, money } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Loaded, Notice, Rows } from '../../ui/states.tsx';
import type { Schemas } from '../../api/client.ts';
import { useNameOf } from '../people.ts';
import { type Order, useMovements, usePayment } from './queries.ts';

/** How an order was paid, and what went back. */
export function OrderPayment({ order }: { order: Order }) {
  const { t } = useTranslation(['console', 'translation']);
  const { payment, payBy } = order;
  return (
    <section>
      <h3>{t('order.payment')}</h3>
      {payment ? (
        <Payment paymentId={payment.paymentId} />
      ) : (
        <p>{payBy ? t('translation:order.payBy', { time: formatInstant(payBy) }) : t('orders.unpaid')}</p>
      )}
      <Movements order={order} />
    </section>
  );
}

function Payment({ paymentId }: { paymentId: string }) {
  return (
    <Loaded query={usePayment(paymentId)} rows={<Rows count={1} height={48} />}>
      {(payment) => <PaymentFacts payment={payment} />}
    </Loaded>
  );
}

function PaymentFacts({ payment }: { payment: Schemas['PaymentResponse'] }) {
  const { t } = useTranslation(['console', 'translation']);
  const { method, status, amount, reason, createdAt, refund, dispute } = payment;
  return (
    <>
      <p className={page['row']}>
        <span>
          {t(`translation:payment.${method}`)} · {t(`translation:paymentStatus.${status}`)}
          {reason && ` (${reason})`}
          <br />
          <span className={page['soft']}>{formatInstant(createdAt)}</span>
        </span>
        <span className={page['amount']}>{money(amount)}</span>
      </p>
      {refund && (
        <p className={page['row']}>
          <span>
            {t(refund.to === 'WALLET' ? 'order.refundToWallet' : 'order.refund')} · {t(`refundStatus.${refund.status}`)}
          </span>
          <span className={page['amount']}>{money(refund.amount)}</span>
        </p>
      )}
      {dispute && (
        <Notice tone="info">
          <p>{t('order.dispute', { amount: money(dispute.amount), reason: dispute.reason })}</p>
          <Link to="/books">{t('nav.books')}</Link>
        </Notice>
      )}
    </>
  );
}

/** What an order moved in the wallet of its customer, credits by hand included. */
function Movements({ order }: { order: Order }) {
  const { t } = useTranslation(['console', 'translation']);
  const nameOf = useNameOf();
  const { data: movements = [] } = useMovements(order);
  if (movements.length === 0) return null;
  return (
    <>
      <h4>{t('order.movements')}</h4>
      <ul className={page['list']}>
        {movements.map(({ entryId, type, amount, reason, at, by }) => (
          <li key={entryId} className={page['row']}>
            <span>
              {t(`translation:ledger.${type}`)} · {reason}
              <br />
              <span className={page['soft']}>
                {by === undefined ? formatInstant(at) : t('order.atBy', { at: formatInstant(at), name: nameOf(by) })}
              </span>
            </span>
            <span className={page['amount']}>
              {amount > 0 ? '+' : '−'}
              {money(Math.abs(amount))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
