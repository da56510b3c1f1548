import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { EmailField } from '../../ui/forms/account-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import styles from '../../ui/page.module.css';

export default function ForgotPasswordPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const { mutate, isPending, isSuccess, error } = useAction(() =>
    bodyOf(api.POST('/user/password/forgot', { body: { email } })),
  );
  return (
    <Page title={t('forgot.title')} text={t('forgot.text')} back={{ to: '/sign-in', label: t('signIn.title') }}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(undefined);
        }}
      >
        <EmailField value={email} onChange={setEmail} />
        <ActionError error={error} />
        {isSuccess && <Notice tone="good">{t('forgot.sent')}</Notice>}
        <Button type="submit" size="md" loading={isPending}>
          {t('forgot.action')}
        </Button>
      </form>
      <p>
        <Link to="/reset-password">{t('forgot.haveCode')}</Link>
      </p>
    </Page>
  );
}
