import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { PasswordField } from '../../ui/forms/account-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ActionError, Notice } from '../../ui/states.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
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
          <TextField
            label={t('field.resetCode')}
            autoComplete="one-time-code"
            required
            value={token}
            error={fieldProblem(error, 'token')}
            onChange={setToken}
          />
          <PasswordField
            label={t('field.newPassword')}
            isNew
            value={newPassword}
            error={fieldProblem(error, 'newPassword')}
            onChange={setNewPassword}
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
