import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from './text-field.tsx';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
}

/** The e-mail address of an account. `username` to sign in with it, for password managers. */
export function EmailField({ autoComplete = 'email', ...field }: FieldProps & { autoComplete?: 'email' | 'username' }) {
  const { t } = useTranslation();
  return <TextField {...field} label={t('field.email')} type="email" autoComplete={autoComplete} required />;
}

/** The password of an account, or with `isNew` one that is being chosen. */
export function PasswordField({
  value,
  onChange,
  error,
  label,
  isNew = false,
}: FieldProps & { label?: string; isNew?: boolean }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label ?? t('field.password')}
      {...(isNew && { description: t('register.passwordHint'), minLength: 7 })}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      required
      size="md"
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('field.showPassword') }}
    />
  );
}
