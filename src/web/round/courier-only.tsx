import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../api/client.ts';
import { useExpectedUserId, useIsOnline, useSessionStatus, useUserId } from '../api/hooks.ts';
import { signOut } from '../api/session.ts';
import { SignedIn } from '../ui/app/signed-in.tsx';
import { EmptyState, ErrorState, Loaded, Rows } from '../ui/states.tsx';
import { RoundProvider } from './round-context.tsx';
import { useDevice } from './use-device.ts';
import styles from './layout.module.css';

/**
 * The pages of the round, for a courier. They open without a network if the device has the round of the user who signed in
 * last. Only a courier has one.
 */
export function CourierOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation('round');
  const status = useSessionStatus();
  const expected = useExpectedUserId();
  const isOnline = useIsOnline();
  const device = useDevice();
  if (device.error) return <ErrorState error={device.error} onRetry={() => void device.refetch()} />;
  if (!device.data) return <Rows count={5} />;
  const pages = (userId: string) => (
    <RoundProvider
      key={userId}
      userId={userId}
      device={device.data}
      empty={({ error }, reload) => (error ? <ErrorState error={error} onRetry={reload} /> : <Rows count={5} />)}
    >
      {children}
    </RoundProvider>
  );
  if (device.data.round && expected !== undefined) return pages(expected);
  if (!isOnline && status !== 'signed-out') {
    return (
      <main className={styles['alone']}>
        <EmptyState title={t('offline.title')} text={t('offline.text')} />
      </main>
    );
  }
  return (
    <SignedIn>
      <IfCourier>{pages}</IfCourier>
    </SignedIn>
  );
}

function IfCourier({ children }: { children: (userId: string) => ReactNode }) {
  const { t } = useTranslation('round');
  const userId = useUserId();
  const profile = useQuery({
    queryKey: ['profile', userId],
    queryFn: ({ signal }) => bodyOf(api.GET('/user/profile', { signal })),
  });
  return (
    <Loaded query={profile} rows={<Rows count={5} />}>
      {({ role, email }) =>
        role === 'COURIER' && userId !== undefined ? (
          children(userId)
        ) : (
          <main className={styles['alone']}>
            <EmptyState
              title={t('courierOnly.title')}
              text={t('courierOnly.text', { email })}
              action={
                <Button size="lg" onClick={() => void signOut()}>
                  {t('courierOnly.action')}
                </Button>
              }
            />
          </main>
        )
      }
    </Loaded>
  );
}
