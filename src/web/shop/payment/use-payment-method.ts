import { type RefObject, useRef, useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { ApiError } from '../../api/problem.ts';
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
  readonly withToken: (action: (token: string | undefined) => Promise<unknown>) => Promise<void>;
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

  /** Kept until the API has decided: with a new token, a repeated payment would be another one. */
  const kept = useRef<string>(undefined);
  const chooseMethod = (chosen: Method) => {
    kept.current = undefined;
    setMethod(chosen);
  };
  const tokenOf = async () => {
    if (method === 'WALLET' || method === 'COD') return undefined;
    if (gateway === 'test') return testToken;
    kept.current ??= await form.current?.collect();
    return kept.current;
  };
  const withToken = async (action: (token: string | undefined) => Promise<unknown>) => {
    setCollecting(true);
    try {
      const token = await tokenOf();
      if (token === undefined && (method === 'CARD' || method === 'UPI')) return;
      await action(token);
      kept.current = undefined;
    } catch (error) {
      // The page shows the error of its action.
      if (!(error instanceof ApiError && error.isUndecided)) kept.current = undefined;
    } finally {
      setCollecting(false);
    }
  };
  const confirm = async (payment: Payment | undefined) => {
    if (payment?.clientSecret) await form.current?.confirm(payment.clientSecret);
  };
  return { method, setMethod: chooseMethod, gateway, testToken, setTestToken, form, isCollecting, withToken, confirm };
}
