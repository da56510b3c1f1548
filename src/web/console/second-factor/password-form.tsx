import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import styles from '../../ui/page.module.css';
import { CurrentPasswordField, WithoutWrongPassword } from './current-password-field.tsx';

interface PasswordFormProps {
  readonly action: string;
  readonly color?: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (password: string) => void;
  /** Further fields. */
  readonly children?: ReactNode;
}

/** Asks for the password before a change of the account. */
export function PasswordForm({ action, color, isPending, error, onSubmit, children }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(password);
      }}
    >
      <CurrentPasswordField value={password} onChange={setPassword} error={error} />
      {children}
      <WithoutWrongPassword error={error} />
      <Button type="submit" size="md" color={color} loading={isPending}>
        {action}
      </Button>
    </form>
  );
}
