import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { formatInstant } from '../../ui/format.ts';
import { Badge, Card } from '../../ui/page.tsx';
import styles from '../../ui/page.module.css';
import { ProfileForm } from '../../ui/forms/profile-form.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { Columns } from '../ui/table/columns.tsx';
import { AccessCard } from './access-card.tsx';
import type { User } from './queries.ts';

export function ProfileTab({ user }: { user: User }) {
  const { t } = useTranslation('console');
  const { userId, createdAt } = user;
  return (
    <Columns
      left={
        <Card title={t('customer.details')}>
          <ProfileForm
            profile={user}
            isOfOther
            changes={['user', 'users', 'subscriptions']}
            save={(body, header) =>
              bodyOf(api.PATCH('/admin/users/{userId}', { body, params: { path: { userId }, header } }))
            }
          />
        </Card>
      }
      right={
        <>
          <Card title={t('customer.contact')}>
            <Email user={user} />
            {user.undeliverable?.map(({ field, reason, at }) => (
              <Notice key={field}>
                {t('customer.undeliverable', {
                  field: t(`customer.${field}`),
                  reason: t(`refusal.${reason}`),
                  when: formatInstant(at),
                })}
              </Notice>
            ))}
            <p className={styles['soft']}>
              {t('customer.since', { date: formatInstant(createdAt, { dateStyle: 'long' }) })}
              <br />
              {t('customer.id', { id: userId })}
            </p>
          </Card>
          <AccessCard user={user} />
        </>
      }
    />
  );
}

function Email({ user: { userId, email, emailVerified } }: { user: User }) {
  const { t } = useTranslation('console');
  const { mutate, isPending, isSuccess, error } = useAction(() =>
    bodyOf(api.POST('/user/verify/request', { params: { query: { userId } } })),
  );
  return (
    <>
      <p className={styles['row']}>
        <span>{email}</span>
        <Badge tone={emailVerified ? 'good' : 'warn'}>
          {t(emailVerified ? 'customer.verified' : 'customer.unverified')}
        </Badge>
      </p>
      {!emailVerified && (
        <div className={styles['actions']}>
          <Button variant="default" loading={isPending} onClick={() => mutate(undefined)}>
            {t('customer.sendVerification')}
          </Button>
        </div>
      )}
      {isSuccess && <Notice tone="good">{t('customer.verificationSent')}</Notice>}
      <ActionError error={error} />
    </>
  );
}
