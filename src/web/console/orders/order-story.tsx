import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { useNameOf } from '../people.ts';
import styles from './order-drawer.module.css';
import { type Delivery, type Order, useAudit, useDelivery } from './queries.ts';
import { type StoryEvent, storyOf } from './story-events.ts';
import { useReasonText } from './use-reason-text.ts';

/** What happened to an order and its delivery: when, and by whom. */
export function OrderStory({ order }: { order: Order }) {
  const { t } = useTranslation('console');
  const { delivery } = order;
  return (
    <section>
      <h3>{t('order.history')}</h3>
      {delivery ? (
        <WithDelivery order={order} deliveryId={delivery.deliveryId} />
      ) : (
        <Events order={order} delivery={undefined} />
      )}
    </section>
  );
}

function WithDelivery({ order, deliveryId }: { order: Order; deliveryId: string }) {
  return <Loaded query={useDelivery(deliveryId)}>{(delivery) => <Events order={order} delivery={delivery} />}</Loaded>;
}

function Events({ order, delivery }: { order: Order; delivery: Delivery | undefined }) {
  // What the log adds; the histories are complete without it.
  const ofOrder = useAudit(order.orderId).data ?? [];
  const ofDelivery = useAudit(delivery?.deliveryId).data ?? [];
  const { t } = useTranslation('console');
  const nameOf = useNameOf();
  const nameOfAuthor = (by: string) => (by === order.userId ? t('order.byCustomer') : nameOf(by));
  return (
    <ol className={styles['events']}>
      {storyOf(order, delivery, [...ofOrder, ...ofDelivery]).map((event) => (
        <Event key={keyOf(event)} event={event} nameOf={nameOfAuthor} />
      ))}
    </ol>
  );
}

function keyOf(event: StoryEvent): string {
  return event.of === 'audit' ? event.entry.entryId : `${event.of} ${event.change.status} ${event.at}`;
}

function Event({ event, nameOf }: { event: StoryEvent; nameOf: (userId: string) => string }) {
  const { t } = useTranslation('console');
  const { at, by } = event;
  return (
    <li data-tone={toneOf(event)}>
      <b>
        <What event={event} nameOf={nameOf} />
      </b>
      <small>
        {by === undefined ? formatInstant(at) : t('order.atBy', { at: formatInstant(at), name: nameOf(by) })}
      </small>
      {event.of === 'delivery' && event.change.receivedAt && (
        <small>{t('order.reportedLater', { at: formatInstant(event.change.receivedAt) })}</small>
      )}
      {event.of === 'delivery' && event.change.note && <p>“{event.change.note}”</p>}
    </li>
  );
}

function What({ event, nameOf }: { event: StoryEvent; nameOf: (userId: string) => string }): ReactNode {
  const { t, i18n } = useTranslation(['console', 'translation']);
  const reasonText = useReasonText();
  if (event.of === 'audit') {
    const { action, details } = event.entry;
    const courierId = details['courierId'];
    if (action === 'delivery.assigned' && typeof courierId === 'string')
      return t('order.assignedTo', { name: nameOf(courierId) });
    const key = `action.${action.replace('.', '_')}`;
    return i18n.exists(key, { ns: 'console' }) ? t(key as 'action.delivery_assigned') : action;
  }
  const { change } = event;
  const what =
    event.of === 'order'
      ? t(`translation:step.${event.change.status}`)
      : t(`translation:delivery.${event.change.status}`);
  return change.reason ? `${what}: ${reasonText(change.reason)}` : what;
}

function toneOf(event: StoryEvent): 'good' | 'bad' | undefined {
  if (event.of === 'audit') return undefined;
  const { status } = event.change;
  if (status === 'CANCELLED' || status === 'FAILED') return 'bad';
  return status === 'DELIVERED' ? 'good' : undefined;
}
