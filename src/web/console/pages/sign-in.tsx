import { Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useSessionStatus } from '../../api/hooks.ts';
import { Page } from '../../ui/page.tsx';
import { SignInForm } from '../../ui/forms/sign-in-form.tsx';
import { useNextPage } from '../../ui/use-next-page.ts';
import styles from './sign-in.module.css';

export default function SignInPage() {
  const { t } = useTranslation(['console', 'translation']);
  const { next } = useNextPage();
  if (useSessionStatus() === 'signed-in') return <Navigate to={next} replace />;
  return (
    <main className={styles['main']}>
      <Page title={t('signIn.title')}>
        <SignInForm />
        {/* The page of the shop is for everyone. */}
        <p>
          <a href="/shop/forgot-password">{t('translation:signIn.forgot')}</a>
        </p>
      </Page>
    </main>
  );
}
