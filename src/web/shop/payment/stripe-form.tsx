import { useComputedColorScheme } from '@mantine/core';
import type { Appearance, Stripe, StripeElements } from '@stripe/stripe-js';
// This one loads Stripe's script only when asked to.
import { loadStripe } from '@stripe/stripe-js/pure';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice, Rows } from '../../ui/states.tsx';
import { useDairy } from '../../api/queries.ts';

export type GatewayMethod = 'CARD' | 'UPI';

/** What a page asks of the form of the payment gateway. */
export interface GatewayForm {
  /** The token of what the customer entered. Undefined if something is missing, which the form then says. */
  readonly collect: () => Promise<string | undefined>;
  /** Lets the customer confirm a charge with their bank. The payment says what came of it. */
  readonly confirm: (clientSecret: string) => Promise<void>;
}

interface StripeFormProps {
  readonly publishableKey: string;
  readonly method: GatewayMethod;
  /** In major units. */
  readonly amount: number;
  readonly ref: RefObject<GatewayForm | null>;
}

const METHOD_TYPES = { CARD: 'card', UPI: 'upi' } as const;
const HEIGHT = 220;

interface Loaded {
  readonly stripe: Stripe;
  readonly elements: StripeElements;
}

/**
 * Stripe's Payment Element. Card numbers are entered in a frame of Stripe, and never reach this page. Give each method a
 * form of its own: `key={method}`.
 */
export function StripeForm({ publishableKey, method, amount, ref }: StripeFormProps) {
  const { t } = useTranslation();
  const currency = (useDairy().data?.currency ?? 'INR').toLowerCase();
  const colorScheme = useComputedColorScheme();
  const place = useRef<HTMLDivElement>(null);
  const loaded = useRef<Loaded>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [problem, setProblem] = useState<string>();
  // Stripe takes the smallest unit. The API refuses currencies without two decimals for Stripe.
  const minorUnits = Math.round(amount * 100);
  const shown = useRef({ minorUnits, colorScheme });

  useEffect(() => {
    let isGone = false;
    const open = async () => {
      const stripe = await loadStripe(publishableKey);
      if (isGone || !stripe || !place.current) return;
      const elements = stripe.elements({
        mode: 'payment',
        amount: shown.current.minorUnits,
        currency,
        paymentMethodCreation: 'manual',
        allowedPaymentMethodTypes: [METHOD_TYPES[method]],
        appearance: appearanceOf(shown.current.colorScheme),
      });
      const element = elements.create('payment');
      element.on('ready', () => setState('ready'));
      element.on('loaderror', () => setState('failed'));
      element.mount(place.current);
      loaded.current = { stripe, elements };
    };
    open().catch(() => !isGone && setState('failed'));
    return () => {
      isGone = true;
      loaded.current?.elements.getElement('payment')?.destroy();
      loaded.current = undefined;
    };
  }, [publishableKey, currency, method]);

  useEffect(() => {
    shown.current = { minorUnits, colorScheme };
    void loaded.current?.elements.update({ amount: minorUnits, appearance: appearanceOf(colorScheme) });
  }, [minorUnits, colorScheme]);

  useImperativeHandle(
    ref,
    () => ({
      collect: async () => {
        if (!loaded.current) return undefined;
        const { stripe, elements } = loaded.current;
        const { error: incomplete } = await elements.submit();
        const { error, paymentMethod } = incomplete
          ? { error: incomplete, paymentMethod: undefined }
          : await stripe.createPaymentMethod({ elements });
        setProblem(error && (error.message ?? t('payment.incomplete')));
        return paymentMethod?.id;
      },
      confirm: async (clientSecret) => {
        await loaded.current?.stripe.handleNextAction({ clientSecret });
      },
    }),
    [t],
  );

  if (state === 'failed') return <Notice>{t('payment.formFailed')}</Notice>;
  return (
    <>
      {state === 'loading' && <Rows count={1} height={HEIGHT} />}
      <div ref={place} />
      {problem && <Notice>{problem}</Notice>}
    </>
  );
}

/** The colours of the page, for Stripe's frame. */
function appearanceOf(colorScheme: 'light' | 'dark'): Appearance {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string) => styles.getPropertyValue(name).trim();
  return {
    theme: colorScheme === 'dark' ? 'night' : 'stripe',
    variables: {
      colorPrimary: color('--brand'),
      colorBackground: color('--card'),
      colorText: color('--ink'),
      colorDanger: color('--bad'),
      borderRadius: '10px',
    },
  };
}
