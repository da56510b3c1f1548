import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { useUserId } from '../../api/hooks.ts';
import { Card } from '../../ui/page.tsx';
import styles from '../../ui/page.module.css';
import { Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { type Role, ROLES, type User } from './queries.ts';

type Question = 'block' | 'unblock' | 'role' | 'signOut' | 'resetMfa';

const CHANGES = ['user', 'users', 'subscriptions'];

/** The role of a user, and what ends or restores their access. Admins cannot change their own. */
export function AccessCard({ user }: { user: User }) {
  const { t } = useTranslation('console');
  const ownId = useUserId();
  const { name, role, blocked, mfa } = user;
  const [question, setQuestion] = useState<Question>();
  const [nextRole, setNextRole] = useState<Role>(role);
  if (user.userId === ownId) {
    return (
      <Card title={t('access.title')}>
        <p>{t('access.own')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('access.title')}>
      {blocked && <Notice>{t('access.isBlocked', { name })}</Notice>}
      <NativeSelect
        label={t('customers.role')}
        description={t('access.roleHint')}
        size="md"
        value={role}
        onChange={({ currentTarget }) => {
          setNextRole(currentTarget.value as Role);
          setQuestion('role');
        }}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <div className={styles['actions']}>
        <Button
          variant={blocked ? 'light' : 'subtle'}
          {...(!blocked && { color: 'red' })}
          onClick={() => setQuestion(blocked ? 'unblock' : 'block')}
        >
          {t(blocked ? 'access.unblock' : 'access.block')}
        </Button>
        <Button variant="default" onClick={() => setQuestion('signOut')}>
          {t('access.signOut')}
        </Button>
        {mfa && (
          <Button variant="default" onClick={() => setQuestion('resetMfa')}>
            {t('access.resetMfa')}
          </Button>
        )}
      </div>
      {question && <Ask user={user} question={question} nextRole={nextRole} onClose={() => setQuestion(undefined)} />}
    </Card>
  );
}

interface AskProps {
  readonly user: User;
  readonly question: Question;
  readonly nextRole: Role;
  readonly onClose: () => void;
}

/** Says what a change will do, and makes it. */
function Ask({ user: { userId, name, role, version }, question, nextRole, onClose }: AskProps) {
  const { t } = useTranslation('console');
  const queries = useQueryClient();
  const update = (body: Schemas['UpdateUserRequest']) => {
    const params = { path: { userId }, header: { 'If-Match': String(version) } };
    return bodyOf(api.PATCH('/admin/users/{userId}', { body, params }));
  };
  const requests = {
    block: () => update({ blocked: true }),
    unblock: () => update({ blocked: false }),
    role: () => update({ role: nextRole }),
    signOut: () => bodyOf(api.DELETE('/user/sessions', { params: { query: { userId } } })),
    resetMfa: () => bodyOf(api.DELETE('/admin/users/{userId}/mfa', { params: { path: { userId } } })),
  };
  const run = useAction(() => requests[question](), { changes: CHANGES, onSuccess: onClose });
  const facts = { name, role: t(`role.${nextRole}`) };
  const text = question === 'block' ? t(`access.blockText.${role}`, facts) : t(`access.${question}Text`, facts);
  return (
    <ConfirmSheet
      title={t(`access.${question}Title`, facts)}
      action={t(`access.${question}`, facts)}
      isDangerous={question !== 'unblock'}
      isPending={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate(undefined)}
      onClose={onClose}
      onReload={() => void queries.invalidateQueries({ queryKey: ['user'] })}
    >
      <p>{text}</p>
    </ConfirmSheet>
  );
}
