import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { DATE_AND_TIME, formatInstant } from '../../ui/format.ts';
import { Appearance } from '../../ui/appearance.tsx';
import { Card } from '../../ui/page.tsx';
import { Notice } from '../../ui/states.tsx';
import { signOut } from '../../api/session.ts';
import { BigButton } from '../parts/big-button.tsx';
import { BottomBar } from '../parts/bottom-bar.tsx';
import { RefusedList } from '../parts/refused-list.tsx';
import { SignOutSheet } from '../parts/sign-out-sheet.tsx';
import { useRound } from '../round-context.tsx';
import styles from '../../ui/page.module.css';

export function MorePage() {
  const { t } = useTranslation('round');
  const { round, waiting, refused, ofOthers } = useRound();
  const [isLeaving, setLeaving] = useState(false);
  const { phone } = round.dairy;
  return (
    <>
      <h1>{t('more.title')}</h1>
      <RefusedList />
      <Reports />
      {ofOthers > 0 && <Notice tone="info">{t('more.others', { count: ofOthers })}</Notice>}
      {phone && <a href={`tel:${phone}`}>{t('more.callDairy')}</a>}
      <Appearance />
      <BigButton tone="plain" onClick={() => (waiting.length + refused.length > 0 ? setLeaving(true) : void signOut())}>
        {t('more.signOut')}
      </BigButton>
      {isLeaving && <SignOutSheet onClose={() => setLeaving(false)} />}
      <BottomBar />
    </>
  );
}

function Reports() {
  const { t } = useTranslation('round');
  const { round, waiting, sync, reload } = useRound();
  return (
    <Card title={t('more.reports')}>
      {waiting.length === 0 ? (
        <p>{t('more.noReports')}</p>
      ) : (
        <>
          <ul className={styles['list']}>
            {waiting.map(({ id, orderNumber, status, at }) => (
              <li key={id} className={styles['row']}>
                <span>
                  {t(`status.${status}`)} <span className={styles['soft']}>{orderNumber}</span>
                </span>
                <span className={styles['amount']}>{formatInstant(at, { hour: 'numeric', minute: '2-digit' })}</span>
              </li>
            ))}
          </ul>
          <p className={styles['soft']}>{t('more.waitingText')}</p>
        </>
      )}
      <p className={styles['soft']}>
        {t('sync.updated', { when: formatInstant(new Date(round.fetchedAt).toISOString(), DATE_AND_TIME) })}
      </p>
      <BigButton tone="plain" onClick={reload}>
        {sync.isRunning ? t('sync.sending') : t('more.sync')}
      </BigButton>
    </Card>
  );
}
