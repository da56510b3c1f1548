import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.ts';
import { formatInstant } from '../ui/format.ts';
import { CheckIcon, CloseIcon } from '../ui/icons.tsx';
import { Badge } from '../ui/page.tsx';
import type { Order } from '../api/customer-queries.ts';
import styles from './timeline.module.css';

const STEPS = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'] as const;

/** What has happened to an order, and what comes next. New steps are read aloud. */
export function Timeline({ order, delivery }: { order: Order; delivery?: Schemas['DeliveryResponse'] | undefined }) {
  const { t } = useTranslation();
  const { history, status } = order;
  const isCancelled = status === 'CANCELLED';
  const done = new Map(history.map((change) => [change.status, change] as const));
  const steps = isCancelled ? [...STEPS.filter((step) => done.has(step)), 'CANCELLED' as const] : STEPS;
  return (
    <>
      <ol className={styles['timeline']} aria-live="polite">
        {steps.map((step) => {
          const change = done.get(step);
          return (
            <li key={step} data-state={change ? (step === 'CANCELLED' ? 'bad' : 'done') : 'open'}>
              <span className={styles['dot']}>
                {change && (step === 'CANCELLED' ? <CloseIcon size={14} /> : <CheckIcon size={14} />)}
              </span>
              <span className={styles['text']}>
                <b>{t(`step.${step}`)}</b>
                {change && <small>{formatInstant(change.at)}</small>}
              </span>
            </li>
          );
        })}
      </ol>
      {delivery && !isCancelled && status !== 'DELIVERED' && (
        <p>
          <Badge tone={delivery.status === 'FAILED' ? 'bad' : 'good'}>{t(`delivery.${delivery.status}`)}</Badge>
        </p>
      )}
    </>
  );
}
