import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/page.tsx';
import type { User } from './queries.ts';

/** What is special about a user. Most are customers who are not blocked. */
export function UserBadges({ user: { role, blocked } }: { user: User }) {
  const { t } = useTranslation('console');
  return (
    <>
      {role !== 'CUSTOMER' && <Badge>{t(`role.${role}`)}</Badge>}{' '}
      {blocked && <Badge tone="bad">{t('customers.blocked')}</Badge>}
    </>
  );
}
