import { Button } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { useSessionStatus } from '../../api/hooks.ts';
import { signIn } from '../../api/session.ts';
import { EmailField, PasswordField } from '../../ui/forms/account-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ActionError } from '../../ui/states.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNextPage } from '../../ui/use-next-page.ts';
import { AddressField } from '../fields/address-field.tsx';
import styles from '../../ui/page.module.css';

const EMPTY = { name: '', email: '', password: '', phone: '', address: '' };

export default function RegisterPage() {
  const { t } = useTranslation();
  const { next, query } = useNextPage();
  const [form, setForm] = useState(EMPTY);
  const { mutate, isPending, error } = useAction(async () => {
    const { name, email, password } = form;
    const language = i18next.language === 'hi' ? 'hi' : 'en';
    const phone = form.phone.trim() || undefined;
    const address = form.address.trim() || undefined;
    await bodyOf(api.POST('/user/register', { body: { name, email, password, phone, address, language } }));
    await signIn({ email, password });
  });
  if (useSessionStatus() === 'signed-in') return <Navigate to={next} replace />;
  const field = (name: keyof typeof EMPTY) => ({
    value: form[name],
    error: fieldProblem(error, name),
    onChange: (value: string) => setForm((previous) => ({ ...previous, [name]: value })),
  });
  return (
    <Page title={t('register.title')} text={t('register.text')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(undefined);
        }}
      >
        <TextField {...field('name')} label={t('field.name')} autoComplete="name" required />
        <EmailField {...field('email')} />
        <PasswordField {...field('password')} isNew />
        <TextField
          {...field('phone')}
          label={t('field.phone')}
          type="tel"
          autoComplete="tel"
          description={t('register.phoneHint')}
        />
        <AddressField {...field('address')} description={t('register.addressHint')} />
        <ActionError error={error} />
        <Button type="submit" size="md" loading={isPending}>
          {t('register.action')}
        </Button>
      </form>
      <p>
        <Link to={`/sign-in${query}`}>{t('register.signIn')}</Link>
      </p>
    </Page>
  );
}
