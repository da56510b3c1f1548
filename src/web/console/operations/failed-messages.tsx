import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { formatInstant } from '../../ui/format.ts';
import { Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { customerPath } from '../links.ts';
import cells from '../ui/table/cells.module.css';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import styles from './operations.module.css';
import { useFailedMessagePages } from './queries.ts';

type Message = Schemas['DeadNotificationResponse'];

/** Mails and SMS that could not be sent. */
export function FailedMessages() {
  const { t } = useTranslation('console');
  const [isAsking, setIsAsking] = useState(false);
  const query = useFailedMessagePages();
  const { mutate, isPending, data, error } = useAction(() => bodyOf(api.POST('/admin/notification/retry')), {
    changes: ['failed-messages'],
    onSuccess: () => setIsAsking(false),
  });
  const isEmpty = query.data?.pages.every(({ items }) => items.length === 0);
  const columns = useMemo<Column<Message>[]>(
    () => [
      { key: 'at', label: t('operations.lastAttempt'), render: ({ failedAt }) => formatInstant(failedAt) },
      {
        key: 'message',
        label: t('operations.message'),
        render: ({ message, type }) => (
          <span className={cells['text']}>
            {message} <span className={cells['soft']}>{type}</span>
          </span>
        ),
      },
      { key: 'channel', label: t('operations.channel'), render: ({ channel }) => t(`operations.channels.${channel}`) },
      { key: 'reason', label: t('operations.reason'), render: ({ reason }) => reason },
      {
        key: 'to',
        label: t('operations.recipient'),
        render: ({ userId }) => <Link to={customerPath(userId)}>{userId}</Link>,
      },
    ],
    [t],
  );
  return (
    <>
      <div className={styles['bar']}>
        <p>{t('operations.messagesText')}</p>
        <Button disabled={isEmpty !== false} onClick={() => setIsAsking(true)}>
          {t('operations.sendAgain')}
        </Button>
      </div>
      {data && (
        <Notice tone="good">
          {t('operations.sentAgain', { count: data.retried })} {data.hasMore && t('operations.hasMore')}
        </Notice>
      )}
      <PagedTable
        label={t('operations.tab.messages')}
        query={query}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t('operations.noFailedMessages') }}
      />
      {isAsking && (
        <ConfirmSheet
          title={t('operations.sendAgainTitle')}
          action={t('operations.sendAgain')}
          isPending={isPending}
          error={error}
          onConfirm={() => mutate(undefined)}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('operations.sendAgainText')}</p>
        </ConfirmSheet>
      )}
    </>
  );
}

const rowKey = ({ eventId, userId, channel, type }: Message) => `${eventId} ${userId} ${channel} ${type}`;
