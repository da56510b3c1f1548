import { useTranslation } from 'react-i18next';
import { ConsolePage } from '../ui/page.tsx';

export default function CustomersPage() {
  const { t } = useTranslation('console');
  return <ConsolePage title={t('nav.customers')}>{null}</ConsolePage>;
}
