import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import en from '../texts/en.json';

const isReason = (code: string): code is keyof typeof en.reason => code in en.reason;

/** Why a delivery failed or an order was cancelled. A text that a person wrote stays as it is. */
export function useReasonText(): (reason: string) => string {
  const { t } = useTranslation('console');
  return useCallback((reason) => (isReason(reason) ? t(`reason.${reason}`) : reason), [t]);
}
