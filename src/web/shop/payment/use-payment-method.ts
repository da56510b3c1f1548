import { type RefObject, useRef, useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { useDairy } from '../../api/queries.ts';
import type { GatewayForm } from './stripe-form.tsx';
import type { TestToken } from './test-token.tsx';

export type Method = Schemas['PayRequest']['paymentMethod'];
type Payment = Schemas['PaymentResponse'];

/** How the customer pays, and what the gateway needs for it. `PaymentMethodField` shows it. */
export interface PaymentMethodState {
  readonly method: Method;
  readonly setMethod: (method: Method) => void;
  /** How cards and UPI are paid: simulated, by Stripe's form, or not at all. */
  readonly gateway: 'test' | 'stripe' | 'none';
  readonly testToken: TestToken;
  readonly setTestToken: (token: TestToken) => void;
  readonly form: RefObject<GatewayForm | null>;
  readonly isCollecting: boolean;
  /** Runs an action with the token of what the customer chose. Does not run it if the form is incomplete. */
  readonly withToken: (action: (token: string | undefined) => void) => Promise<void>;
  /** If the bank of the customer asks for it, lets them confirm a payment. */
  readonly confirm: (payment: Payment | undefined) => Promise<void>;
}

export function usePaymentMethod(): PaymentMethodState {
  const { testPayments, stripePublishableKey } = useDairy().data ?? {};
  const gateway = testPayments ? 'test' : stripePublishableKey ? 'stripe' : 'none';
  const [method, setMethod] = useState<Method>(gateway === 'none' ? 'COD' : 'UPI');
  const [testToken, setTestToken] = useState<TestToken>('tok_ok');
  const [isCollecting, setCollecting] = useState(false);
  const form = useRef<GatewayForm>(null);

  const withToken = async (action: (token: string | undefined) => void) => {
    if (method === 'WALLET' || method === 'COD') return action(undefined);
    if (gateway === 'test') return action(testToken);
    setCollecting(true);
    try {
      const token = await form.current?.collect();
      if (token !== undefined) action(token);
    } finally {
      setCollecting(false);
    }
  };
  const confirm = async (payment: Payment | undefined) => {
    if (payment?.clientSecret) await form.current?.confirm(payment.clientSecret);
  };
  return { method, setMethod, gateway, testToken, setTestToken, form, isCollecting, withToken, confirm };
}
