import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useSessionStatus } from '../../api/hooks.ts';
import { signIn } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNextPage } from '../use-next-page.ts';
import styles from '../../ui/page.module.css';

export default function SignInPage() {
  const { t } = useTranslation();
  const { next, query } = useNextPage();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useAction(() => signIn({ email, password }));
  if (useSessionStatus() === 'signed-in') return <Navigate to={next} replace />;
  return (
    <Page title={t('signIn.title')}>
      {next !== '/' && <Notice tone="info">{t('signIn.continue')}</Notice>}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(undefined);
        }}
      >
        <TextInput
          label={t('field.email')}
          type="email"
          autoComplete="username"
          required
          size="md"
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          label={t('field.password')}
          autoComplete="current-password"
          required
          size="md"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }}
        />
        <ActionError error={error} />
        <Button type="submit" size="md" loading={isPending}>
          {t('signIn.action')}
        </Button>
      </form>
      <p className={styles['row']}>
        <Link to={`/register${query}`}>{t('signIn.register')}</Link>
        <Link to="/forgot-password">{t('signIn.forgot')}</Link>
      </p>
    </Page>
  );
}
