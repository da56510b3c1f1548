import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { Page } from '../../ui/page.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import styles from '../../ui/page.module.css';

export default function ResetPasswordPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [token, setToken] = useState(params.get('token') ?? '');
  const [newPassword, setNewPassword] = useState('');
  const { mutate, isPending, isSuccess, error } = useAction(() =>
    bodyOf(api.POST('/user/password/reset', { body: { token: token.trim(), newPassword } })),
  );
  return (
    <Page title={t('reset.title')} text={t('reset.text')} back={{ to: '/sign-in', label: t('signIn.title') }}>
      {isSuccess ? (
        <>
          <Notice tone="good">{t('reset.done')}</Notice>
          <Button component={Link} to="/sign-in" size="md">
            {t('signIn.action')}
          </Button>
        </>
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            mutate(undefined);
          }}
        >
          <TextInput
            label={t('field.resetCode')}
            autoComplete="one-time-code"
            required
            size="md"
            value={token}
            error={fieldProblem(error, 'token')}
            onChange={({ currentTarget }) => setToken(currentTarget.value)}
          />
          <PasswordInput
            label={t('field.newPassword')}
            description={t('register.passwordHint')}
            autoComplete="new-password"
            required
            minLength={7}
            size="md"
            value={newPassword}
            error={fieldProblem(error, 'newPassword')}
            onChange={({ currentTarget }) => setNewPassword(currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }}
          />
          <ActionError error={error} />
          <Button type="submit" size="md" loading={isPending}>
            {t('reset.action')}
          </Button>
        </form>
      )}
    </Page>
  );
}
