import { useTranslation } from 'react-i18next';
import { formatInstant, money } from '../../ui/format.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import { mapUrlOf } from '../maps.ts';
import { isOpen, type OrderView, type StopState, type StopView } from '../view/round-view.ts';
import { PhoneIcon, PinIcon } from './icons.tsx';
import { LineList } from './line-list.tsx';
import styles from './stop-card.module.css';

export const STATE_TONE = {
  TO_LOAD: 'plain',
  OPEN: 'warn',
  DELIVERED: 'good',
  FAILED: 'bad',
} as const satisfies Record<StopState, Tone>;

/** All that a courier needs at a door. */
export function StopCard({ stop, count }: { stop: StopView; count: number }) {
  const { t } = useTranslation('round');
  const { sequence, deliverySlot, customer, address, orders, state, cash } = stop;
  const time = formatInstant(deliverySlot, { hour: 'numeric', minute: '2-digit' });
  const name = customer.name ?? t('stop.noName');
  return (
    <article className={styles['stop']}>
      <header>
        <p className={styles['position']}>
          <span>
            {t('stop.position', { number: sequence, count })} · {time}
          </span>
          {state !== 'OPEN' && <Badge tone={STATE_TONE[state]}>{t(`state.${state}`)}</Badge>}
        </p>
        <h1>{name}</h1>
        <p className={styles['address']}>{address}</p>
      </header>
      <div className={styles['links']}>
        <a href={mapUrlOf(address)} rel="noreferrer" aria-label={t('stop.mapOf', { address })}>
          <PinIcon size={24} />
          {t('stop.map')}
        </a>
        {customer.phone && (
          <a href={`tel:${customer.phone}`} aria-label={t('stop.callNamed', { name })}>
            <PhoneIcon size={24} />
            {t('stop.call')}
          </a>
        )}
      </div>
      <section aria-label={t('stop.items')} className={styles['orders']}>
        {orders.map((order) => (
          <Order key={order.orderId} order={order} isOneOfSeveral={orders.length > 1} />
        ))}
      </section>
      {orders.some(isOpen) && (
        <p className={cash > 0 ? styles['collect'] : styles['paid']}>
          {cash > 0 ? t('stop.collect', { amount: money(cash) }) : t('stop.paid')}
        </p>
      )}
    </article>
  );
}

function Order({ order, isOneOfSeveral }: { order: OrderView; isOneOfSeveral: boolean }) {
  const { t } = useTranslation('round');
  const { items, orderNumber, status, packed, isWaiting } = order;
  return (
    <div>
      <LineList lines={items} />
      <p className={styles['number']}>
        <span>{t('stop.order', { number: orderNumber })}</span>
        {isOneOfSeveral && <span>{t(`status.${status}`)}</span>}
        {isWaiting && <Badge tone="warn">{t('state.waiting')}</Badge>}
      </p>
      {status === 'ASSIGNED' && !packed && <p className={styles['number']}>{t('stop.notPacked')}</p>}
    </div>
  );
}
