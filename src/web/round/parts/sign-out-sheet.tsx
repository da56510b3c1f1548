import { useTranslation } from 'react-i18next';
import { signOut } from '../../api/session.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useRound } from '../round-context.tsx';
import { BigButton } from './big-button.tsx';
import styles from '../../ui/page.module.css';

/** Asks before a courier leaves reports behind that are not sent. */
export function SignOutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('round');
  const { waiting, refused } = useRound();
  return (
    <Sheet title={t('signOut.title', { count: waiting.length + refused.length })} onClose={onClose}>
      <p>{t('signOut.text')}</p>
      <div className={styles['actions']}>
        <BigButton tone="bad" onClick={() => void signOut()}>
          {t('signOut.leave')}
        </BigButton>
        <BigButton onClick={onClose}>{t('signOut.stay')}</BigButton>
      </div>
    </Sheet>
  );
}
