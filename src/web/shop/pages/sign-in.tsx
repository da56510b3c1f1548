import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useSessionStatus } from '../../api/hooks.ts';
import { Page } from '../../ui/page.tsx';
import { SignInForm } from '../../ui/forms/sign-in-form.tsx';
import { Notice } from '../../ui/states.tsx';
import { useNextPage } from '../../ui/use-next-page.ts';
import styles from '../../ui/page.module.css';

export default function SignInPage() {
  const { t } = useTranslation();
  const { next, query } = useNextPage();
  if (useSessionStatus() === 'signed-in') return <Navigate to={next} replace />;
  return (
    <Page title={t('signIn.title')}>
      {next !== '/' && <Notice tone="info">{t('signIn.continue')}</Notice>}
      <SignInForm />
      <p className={styles['row']}>
        <Link to={`/register${query}`}>{t('signIn.register')}</Link>
        <Link to="/forgot-password">{t('signIn.forgot')}</Link>
      </p>
    </Page>
  );
}
