import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { signIn } from '../../api/session.ts';
import { CodeField, guessOf } from './code-field.tsx';
import { EmailField, PasswordField } from './account-fields.tsx';
import styles from '../page.module.css';
import { ActionError } from '../states.tsx';
import { useAction } from '../use-action.ts';

/** Signs in with a password. Asks for a code when the account has a second factor. */
export function SignInForm() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const { mutate, isPending, error } = useAction(async () => {
    try {
      await signIn({ email, password, ...(needsCode && credentialsOf(code)) });
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
      {needsCode && <CodeField value={code} onChange={setCode} autoFocus />}
      <ActionError error={error} />
      <Button type="submit" size="md" loading={isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  );
}

/** At the sign-in, the code of the app has another name. */
function credentialsOf(text: string): { totp?: string; recoveryCode?: string } {
  const { code, recoveryCode } = guessOf(text);
  return code === undefined ? { recoveryCode } : { totp: code };
}
