import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/states.tsx';
import { useRound } from '../round-context.tsx';
import type { Manifest } from '../store/database.ts';
import { markChangesSeen } from '../store/rounds.ts';
import { BigButton } from './big-button.tsx';
import styles from '../../ui/page.module.css';

type Change = Manifest['amendments'][number]['changes'][number];

/** What the dairy has changed since the courier looked last. */
export function ChangesNotice() {
  const { t } = useTranslation('round');
  const { round, seenNumber } = useRound();
  const amendments = round.manifest.amendments.filter(({ number }) => number > seenNumber);
  const changes = amendments.flatMap((amendment) => amendment.changes);
  const omitted = amendments.reduce((sum, amendment) => sum + amendment.omitted, 0);
  if (changes.length === 0) return null;
  return (
    <Notice tone="info">
      <div className={styles['list']}>
        <h2>{t('changes.title')}</h2>
        <ul>
          {changes.map((change, index) => (
            <li key={index}>{textOf(change)}</li>
          ))}
          {omitted > 0 && <li>{t('changes.more', { count: omitted })}</li>}
        </ul>
        <BigButton tone="plain" onClick={() => void markChangesSeen(round)}>
          {t('changes.seen')}
        </BigButton>
      </div>
    </Notice>
  );

  function textOf({ type, reason, fields = [], customerName, orderNumber, sequence: number }: Change): string {
    const name = customerName ?? orderNumber;
    if (type === 'ADDED') return t('changes.ADDED', { number, name });
    if (type === 'REMOVED') return t(`changes.REMOVED_${reason ?? 'CANCELLED'}`, { name });
    return t('changes.CHANGED', { number, name, fields: fields.map((field) => t(`changes.${field}`)).join(', ') });
  }
}
