import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { problemText } from '../../ui/problem-text.ts';
import type { OrderResult } from './use-bulk.ts';

/** Why an order was refused that was sent as one of several. */
export function useRefusalText(): (result: OrderResult) => string {
  const { t } = useTranslation('translation');
  return ({ code = '', detail = '' }) => problemText(new ApiError(409, code, detail), t);
}
