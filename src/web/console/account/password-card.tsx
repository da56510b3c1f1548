import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { dropSession } from '../../api/session.ts';
import { Card } from '../../ui/page.tsx';
import styles from '../../ui/page.module.css';
import { fieldProblem } from '../../ui/problem-text.ts';
import { useAction } from '../../ui/use-action.ts';
import { PasswordForm } from '../second-factor/password-form.tsx';

/** Changes the password. All sessions end, so the sign-in page follows. */
export function PasswordCard() {
  const { t } = useTranslation(['console', 'translation']);
  const [newPassword, setNewPassword] = useState('');
  const { mutate, isPending, error } = useAction(
    (body: Schemas['ChangePasswordRequest']) => bodyOf(api.POST('/user/password/change', { body })),
    { onSuccess: dropSession },
  );
  return (
    <Card title={t('account.password')}>
      <p className={styles['soft']}>{t('account.passwordText')}</p>
      <PasswordForm
        action={t('account.changePassword')}
        isPending={isPending}
        error={error}
        onSubmit={(currentPassword) => mutate({ currentPassword, newPassword })}
      >
        <PasswordInput
          label={t('translation:field.newPassword')}
          autoComplete="new-password"
          required
          minLength={8}
          size="md"
          value={newPassword}
          error={fieldProblem(error, 'newPassword')}
          onChange={({ currentTarget }) => setNewPassword(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('translation:field.showPassword') }}
        />
      </PasswordForm>
    </Card>
  );
}
