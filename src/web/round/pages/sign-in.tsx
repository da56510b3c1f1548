import { Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useSessionStatus } from '../../api/hooks.ts';
import { Page } from '../../ui/page.tsx';
import { SignInForm } from '../../ui/forms/sign-in-form.tsx';
import { Notice } from '../../ui/states.tsx';
import { useNextPage } from '../../ui/use-next-page.ts';
import { useDevice } from '../use-device.ts';
import styles from '../layout.module.css';

export function SignInPage() {
  const { t } = useTranslation('round');
  const { next } = useNextPage();
  const waiting = useDevice().data?.ofOthers ?? 0;
  if (useSessionStatus() === 'signed-in') return <Navigate to={next} replace />;
  return (
    <main className={styles['alone']}>
      <Page title={t('signIn.title')}>
        {waiting > 0 && <Notice tone="info">{t('signIn.waiting', { count: waiting })}</Notice>}
        <SignInForm />
      </Page>
    </main>
  );
}
