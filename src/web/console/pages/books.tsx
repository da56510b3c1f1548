import { useTranslation } from 'react-i18next';
import { ConsolePage } from '../ui/page.tsx';

export default function BooksPage() {
  const { t } = useTranslation('console');
  return <ConsolePage title={t('nav.books')}>{null}</ConsolePage>;
}
