import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../ui/states.tsx';
import { BottomBar } from '../parts/bottom-bar.tsx';

export function NotFoundPage() {
  const { t } = useTranslation(['round', 'translation']);
  const action = (
    <Button component={Link} to="/" size="lg">
      {t('notFound.action')}
    </Button>
  );
  return (
    <>
      <EmptyState title={t('translation:notFound.title')} action={action} />
      <BottomBar />
    </>
  );
}
