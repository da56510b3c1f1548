import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api/session.ts';
import { EmptyState, Loaded, Rows } from '../ui/states.tsx';
import { useProfile } from './queries.ts';

/** The pages of the console, for an admin. Others are told so, because each request would be refused. */
export function AdminOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation('console');
  return (
    <Loaded query={useProfile()} rows={<Rows count={5} />}>
      {({ role, email }) =>
        role === 'ADMIN' ? (
          children
        ) : (
          <EmptyState
            title={t('adminOnly.title')}
            text={t('adminOnly.text', { email })}
            action={<Button onClick={() => void signOut()}>{t('adminOnly.action')}</Button>}
          />
        )
      }
    </Loaded>
  );
}
