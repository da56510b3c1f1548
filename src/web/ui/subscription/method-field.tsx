import { useTranslation } from 'react-i18next';
import { useWallet } from '../../api/customer-queries.ts';
import { Choice } from '../forms/choice.tsx';
import { money } from '../format.ts';

export type Method = 'WALLET' | 'COD';

interface MethodFieldProps {
  readonly value: Method;
  readonly onChange: (method: Method) => void;
  /** The customer that an admin names. */
  readonly userId?: string | undefined;
}

/** How the deliveries of a subscription are paid. */
export function MethodField({ value, onChange, userId }: MethodFieldProps) {
  const { t } = useTranslation();
  const balance = useWallet(userId).data?.balance ?? 0;
  return (
    <Choice
      label={t('checkout.method')}
      layout="column"
      value={value}
      onChange={onChange}
      options={[
        { value: 'WALLET', label: t('payment.WALLET'), hint: t('subscribe.walletHint', { balance: money(balance) }) },
        { value: 'COD', label: t('payment.COD'), hint: t('subscribe.cashHint') },
      ]}
    />
  );
}
