import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../ui/states.tsx';

export default function NotFoundPage() {
  const { t } = useTranslation(['console', 'translation']);
  const action = (
    <Button component={Link} to="/">
      {t('nav.today')}
    </Button>
  );
  return <EmptyState title={t('translation:notFound.title')} action={action} />;
}
