import { useTranslation } from 'react-i18next';
import { ConsolePage } from '../ui/page.tsx';

export default function TodayPage() {
  const { t } = useTranslation('console');
  return <ConsolePage title={t('nav.today')}>{null}</ConsolePage>;
}
