import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Notice } from '../../ui/states.tsx';
import { useRound } from '../round-context.tsx';

/** Reports that the server has refused must not be overlooked. */
export function RefusedNotice() {
  const { t } = useTranslation('round');
  const { refused } = useRound();
  const { pathname } = useLocation();
  if (refused.length === 0 || pathname === '/more') return null;
  return (
    <Notice>
      {t('refused.banner', { count: refused.length })}. <Link to="/more">{t('refused.look')}</Link>
    </Notice>
  );
}
