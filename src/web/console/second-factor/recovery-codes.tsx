import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { Notice } from '../../ui/states.tsx';
import styles from './second-factor.module.css';

/** The recovery codes, which are shown only once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation('console');
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <>
      <Notice tone="good">{t('secondFactor.active')}</Notice>
      <p>{t('secondFactor.recoveryText')}</p>
      <ul className={styles['codes']} aria-label={t('secondFactor.recoveryCodes')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={page['actions']}>
        {/* Browsers offer the clipboard only on https and localhost. */}
        {isSecureContext && (
          <Button variant="light" onClick={() => void copy()}>
            {t(isCopied ? 'secondFactor.copied' : 'secondFactor.copy')}
          </Button>
        )}
        <Button onClick={onKept}>{t('secondFactor.kept')}</Button>
      </div>
    </>
  );
}
