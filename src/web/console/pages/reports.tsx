import { useTranslation } from 'react-i18next';
import { ConsolePage } from '../ui/page.tsx';

export default function ReportsPage() {
  const { t } = useTranslation('console');
  return <ConsolePage title={t('nav.reports')}>{null}</ConsolePage>;
}
