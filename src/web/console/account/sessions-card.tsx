import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, pageOf, type Schemas } from '../../api/client.ts';
import { useOwn } from '../../api/queries.ts';
import { dropSession, signOut } from '../../api/session.ts';
import { formatInstant } from '../../ui/format.ts';
import { Badge, Card } from '../../ui/page.tsx';
import styles from '../../ui/page.module.css';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { deviceName } from './device-name.ts';

/** Where the admin is signed in. */
export function SessionsCard() {
  const { t } = useTranslation('console');
  const [isAsking, setAsking] = useState(false);
  const sessions = useOwn(['sessions'], async (signal) => {
    const { items } = await pageOf(api.GET('/user/sessions', { params: { query: { limit: 100 } }, signal }));
    return items;
  });
  const endAll = useAction(() => bodyOf(api.DELETE('/user/sessions')), { onSuccess: dropSession });
  return (
    <Card title={t('account.sessions')}>
      <Loaded query={sessions} rows={<Rows count={2} height={56} />}>
        {(all) => (
          <ul className={styles['list']}>
            {all.map((session) => (
              <SessionRow key={session.sessionId} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
      <div className={styles['actions']}>
        <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t('account.signOutEverywhere')}
        </Button>
      </div>
      {isAsking && (
        <ConfirmSheet
          title={t('account.signOutEverywhere')}
          action={t('account.signOutEverywhere')}
          isDangerous
          isPending={endAll.isPending}
          error={endAll.error}
          onConfirm={() => endAll.mutate(undefined)}
          onClose={() => setAsking(false)}
        >
          <p>{t('account.signOutEverywhereText')}</p>
        </ConfirmSheet>
      )}
    </Card>
  );
}

function SessionRow({ session }: { session: Schemas['UserSessionResponse'] }) {
  const { t } = useTranslation('console');
  const { sessionId, device, lastUsedAt, current } = session;
  const name = device ? deviceName(device) : t('account.unknownDevice');
  const { mutate, isPending, error } = useAction(
    async () => {
      if (current) await signOut();
      else await bodyOf(api.DELETE('/user/sessions/{sessionId}', { params: { path: { sessionId } } }));
    },
    { changes: ['sessions'] },
  );
  return (
    <li>
      <div className={styles['row']}>
        <span>
          <span className={styles['strong']}>{name}</span>{' '}
          {current && <Badge tone="good">{t('account.thisDevice')}</Badge>}
          <br />
          <span className={styles['soft']}>{t('account.lastUsed', { when: formatInstant(lastUsedAt) })}</span>
        </span>
        <Button
          variant="default"
          size="xs"
          loading={isPending}
          aria-label={t('account.signOutOf', { device: name })}
          onClick={() => mutate(undefined)}
        >
          {t('signOut')}
        </Button>
      </div>
      <ActionError error={error} />
    </li>
  );
}
