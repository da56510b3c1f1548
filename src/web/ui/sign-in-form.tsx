import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { signIn } from '../api/session.ts';
import { EmailField, PasswordField } from './account-fields.tsx';
import styles from './page.module.css';
import { ActionError } from './states.tsx';
import { TextField } from './text-field.tsx';
import { useAction } from './use-action.ts';

/** Signs in with a password. Asks for a code when the account has a second factor. */
export function SignInForm() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const { mutate, isPending, error } = useAction(async () => {
    try {
      await signIn({ email, password, ...(totp && { totp }) });
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.code === 'auth.code_required')) throw failure;
      setNeedsCode(true);
    }
  });
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(undefined);
      }}
    >
      <EmailField autoComplete="username" value={email} onChange={setEmail} />
      <PasswordField value={password} onChange={setPassword} />
      {needsCode && (
        <TextField
          label={t('field.code')}
          description={t('signIn.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          value={totp}
          onChange={setTotp}
        />
      )}
      <ActionError error={error} />
      <Button type="submit" size="md" loading={isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  );
}
