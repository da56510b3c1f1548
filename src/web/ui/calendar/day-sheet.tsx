import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { formatDate, formatTime, money } from '../format.ts';
import { Badge, type Tone } from '../page.tsx';
import { Sheet } from '../sheet.tsx';
import { ActionError, Notice } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { useCutoff } from '../cutoff.ts';
import { OrderLines } from '../order-lines.tsx';
import { type Line, LinesField } from '../subscription/lines-field.tsx';
import type { CalendarDay, CalendarEntry, Subscription } from '../../api/customer-queries.ts';
import { useProductNames } from '../../api/queries.ts';
import styles from '../page.module.css';

/** Where the pages of an app are. */
export interface DayLinks {
  readonly wallet: { readonly to: string; readonly label: string };
  readonly order: (orderId: string) => string;
}

interface DaySheetProps {
  readonly date: string;
  readonly entries: readonly CalendarEntry[];
  readonly links: DayLinks;
  readonly onClose: () => void;
}

/** One date of the calendar: what comes or why not, and what can still be changed. */
export function DaySheet({ date, entries, links, onClose }: DaySheetProps) {
  const { t } = useTranslation();
  const { firstOpenDate } = useCutoff();
  const isOpen = date >= firstOpenDate;
  const shown = entries
    .filter(({ day }) => day.outcome !== 'ENDED')
    .sort((one, other) => Number(one.day.outcome === 'NOT_DUE') - Number(other.day.outcome === 'NOT_DUE'));
  return (
    <Sheet title={formatDate(date)} onClose={onClose}>
      {!isOpen && <Notice tone="info">{t('day.closed', { date: formatDate(firstOpenDate) })}</Notice>}
      {shown.length === 0 && <p>{t('day.nothing')}</p>}
      {shown.map((entry) => (
        <Entry key={entry.subscription.subscriptionId} entry={entry} links={links} isOpen={isOpen} />
      ))}
    </Sheet>
  );
}

const toneOf = (outcome: CalendarDay['outcome']): Tone => {
  if (outcome === 'DUE' || outcome === 'ORDERED') return 'good';
  return outcome === 'PAUSED' || outcome === 'SKIPPED' || outcome === 'NOT_DUE' ? 'plain' : 'bad';
};

interface EntryProps {
  readonly entry: CalendarEntry;
  readonly links: DayLinks;
  readonly isOpen: boolean;
}

function Entry({ entry: { subscription, day }, links, isOpen }: EntryProps) {
  const { t } = useTranslation();
  const { outcome, items, amount, missing, orderId } = day;
  return (
    <section className={styles['card']}>
      <p className={styles['row']}>
        <Badge tone={toneOf(outcome)}>{t(`outcome.${outcome}`)}</Badge>
        <span className={styles['soft']}>{formatTime(subscription.deliverySlot)}</span>
      </p>
      {outcome === 'SHORT_BALANCE' && (
        <p>
          {t('day.shortBalance', { amount: money(amount) })} <Link to={links.wallet.to}>{links.wallet.label}</Link>
        </p>
      )}
      {items.length === 0 && <Usual subscription={subscription} />}
      <OrderLines items={items} missing={missing} />
      {orderId && <Link to={links.order(orderId)}>{t('day.order')}</Link>}
      {isOpen && <Changes entry={{ subscription, day }} />}
    </section>
  );
}

/** Which subscription it is, on a date without a delivery. */
function Usual({ subscription: { items } }: { subscription: Subscription }) {
  const products = useProductNames(items.map(({ productId }) => productId));
  const names = items.map(({ productId, qty }) => `${qty} × ${products.get(productId)?.name ?? '…'}`);
  return <p className={styles['soft']}>{names.join(', ')}</p>;
}

function Changes({ entry: { subscription, day } }: { entry: CalendarEntry }) {
  const { t } = useTranslation();
  const { subscriptionId, exceptions } = subscription;
  const { date, outcome, items } = day;
  const [lines, setLines] = useState<Line[]>();
  const isOverridden = exceptions.some((exception) => exception.date === date);
  const changes = ['subscriptions'];
  const skip = useAction(
    (_: undefined, header) =>
      bodyOf(api.POST('/subscription/skip', { body: { subscriptionId, date }, params: { header } })),
    { changes },
  );
  const undo = useAction(
    (_: undefined, header) =>
      bodyOf(api.POST('/subscription/unskip', { body: { subscriptionId, date }, params: { header } })),
    { changes },
  );
  const override = useAction(
    (chosen: Line[], header) =>
      bodyOf(api.POST('/subscription/override', { body: { subscriptionId, date, items: chosen }, params: { header } })),
    { changes, onSuccess: () => setLines(undefined) },
  );
  const usual = subscription.items.map(({ productId, qty }) => ({ productId, qty }));
  const start = items.length > 0 ? items.map(({ productId, qty }) => ({ productId, qty })) : usual;
  if (lines) {
    return (
      <>
        <LinesField lines={lines} onChange={setLines} />
        <ActionError error={override.error} />
        <div className={styles['actions']}>
          <Button loading={override.isPending} onClick={() => override.mutate(lines)}>
            {t('day.saveChange')}
          </Button>
          <Button variant="default" onClick={() => setLines(undefined)}>
            {t('common.cancel')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <ActionError error={skip.error ?? undo.error} />
      <div className={styles['actions']}>
        {outcome === 'DUE' && (
          <Button variant="light" loading={skip.isPending} onClick={() => skip.mutate(undefined)}>
            {t('day.skip')}
          </Button>
        )}
        {isOverridden && (
          <Button variant="light" loading={undo.isPending} onClick={() => undo.mutate(undefined)}>
            {t(outcome === 'SKIPPED' ? 'day.unskip' : 'day.undoChange')}
          </Button>
        )}
        {outcome !== 'PAUSED' && (
          <Button variant="default" onClick={() => setLines(start)}>
            {t(outcome === 'DUE' ? 'day.change' : 'day.add')}
          </Button>
        )}
      </div>
    </>
  );
}
