import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { ActionError } from '../../ui/states.tsx';

const isWrong = (error: unknown) => error instanceof ApiError && error.code === 'auth.invalid_credentials';

interface CurrentPasswordFieldProps {
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly error: unknown;
}

export function CurrentPasswordField({ value, onChange, error }: CurrentPasswordFieldProps) {
  const { t } = useTranslation(['console', 'translation']);
  return (
    <PasswordInput
      label={t('account.currentPassword')}
      autoComplete="current-password"
      required
      size="md"
      value={value}
      error={isWrong(error) ? t('account.wrongPassword') : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('translation:field.showPassword') }}
    />
  );
}

/** Any other error than a wrong password, which its field shows. */
export function WithoutWrongPassword({ error }: { error: unknown }) {
  return <ActionError error={isWrong(error) ? null : error} />;
}
