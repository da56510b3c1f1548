import { useTranslation } from 'react-i18next';
import { ConsolePage } from '../ui/page.tsx';

export default function OrdersPage() {
  const { t } = useTranslation('console');
  return <ConsolePage title={t('nav.orders')}>{null}</ConsolePage>;
}
