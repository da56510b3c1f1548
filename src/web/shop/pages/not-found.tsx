import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import other from '../../images/other.svg';
import { EmptyState } from '../../ui/states.tsx';

export default function NotFoundPage() {
  const { t } = useTranslation();
  const action = (
    <Button component={Link} to="/">
      {t('notFound.action')}
    </Button>
  );
  return <EmptyState image={other} title={t('notFound.title')} text={t('notFound.text')} action={action} />;
}
