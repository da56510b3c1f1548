import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/forms/choice.tsx';
import { money } from '../../ui/format.ts';
import { Rows } from '../../ui/states.tsx';
import { useWallet } from '../../api/customer-queries.ts';
import { useDairy } from '../../api/queries.ts';
import { TestTokenSelect } from './test-token.tsx';
import type { Method, PaymentMethodState } from './use-payment-method.ts';

// Only for dairies with Stripe.
const StripeForm = lazy(async () => ({ default: (await import('./stripe-form.tsx')).StripeForm }));

interface PaymentMethodFieldProps {
  readonly state: PaymentMethodState;
  /** What is to be paid, in major units. */
  readonly amount: number;
  /** For a wallet top-up, which the wallet or cash cannot pay. */
  readonly onlineOnly?: boolean;
}

/** The choice of a payment method, with the form of the payment gateway below it. */
export function PaymentMethodField({ state, amount, onlineOnly = false }: PaymentMethodFieldProps) {
  const { t } = useTranslation();
  const { method, setMethod, gateway, testToken, setTestToken, form } = state;
  const { data: dairy } = useDairy();
  const balance = useWallet().data?.balance ?? 0;
  const online: Method[] = gateway === 'none' ? [] : ['UPI', 'CARD'];
  const methods: Method[] = onlineOnly ? online : [...online, 'WALLET', 'COD'];
  const isOnline = method === 'UPI' || method === 'CARD';
  return (
    <>
      <Choice
        label={t('checkout.method')}
        layout="pairs"
        value={method}
        onChange={setMethod}
        options={methods.map((value) => ({
          value,
          label: t(`payment.${value}`),
          ...(value === 'WALLET' && {
            hint: t('checkout.balance', { balance: money(balance) }),
            disabled: balance < amount,
          }),
        }))}
      />
      {isOnline && gateway === 'test' && <TestTokenSelect value={testToken} onChange={setTestToken} />}
      {isOnline && dairy?.stripePublishableKey && (
        <Suspense fallback={<Rows count={1} height={220} />}>
          <StripeForm
            key={method}
            publishableKey={dairy.stripePublishableKey}
            method={method}
            amount={amount}
            ref={form}
          />
        </Suspense>
      )}
    </>
  );
}
