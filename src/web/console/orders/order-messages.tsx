import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, pageOf } from '../../api/client.ts';
import { formatInstant } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Notice } from '../../ui/states.tsx';
import { useCustomer } from '../people.ts';
import { PAGE_SIZE } from '../use-all-pages.ts';
import type { Order } from './queries.ts';

/** The messages about an order that did not reach its customer. */
export function OrderMessages({ order: { orderNumber, userId } }: { order: Order }) {
  const { t } = useTranslation(['console', 'translation']);
  const refused = useCustomer(userId).data?.undeliverable ?? [];
  const { data: failed = [] } = useQuery({
    queryKey: ['notifications', 'dead'],
    queryFn: ({ signal }) =>
      pageOf(api.GET('/admin/notification', { params: { query: { limit: PAGE_SIZE } }, signal })),
    select: ({ items }) => items.filter((one) => one.userId === userId && one.message.includes(orderNumber)),
  });
  return (
    <section>
      <h3>{t('order.messages')}</h3>
      {refused.map(({ field }) => (
        <Notice key={field} tone="info">
          {t(field === 'phone' ? 'order.phoneRefused' : 'order.emailRefused')}
        </Notice>
      ))}
      {failed.length === 0 ? (
        <p className={page['soft']}>{t('order.noFailedMessages')}</p>
      ) : (
        <ul className={page['list']}>
          {failed.map(({ eventId, channel, message, reason, failedAt }) => (
            <li key={eventId + channel}>
              {t(channel === 'SMS' ? 'translation:account.sms' : 'translation:account.email')} · {message}
              <br />
              <span className={page['soft']}>
                {formatInstant(failedAt)} · {reason}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/operations">{t('order.allMessages')}</Link>
      </p>
    </section>
  );
}
