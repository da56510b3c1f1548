import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDairy } from '../queries.ts';

/** What the sandbox of the payment gateway does with a charge. */
const TEST_TOKENS = ['tok_ok', 'tok_declined', 'tok_pending_then_ok', 'tok_pending_then_fail', 'tok_slow'] as const;
export type TestToken = (typeof TEST_TOKENS)[number];

/** Whether cards and UPI can be used: the shop has no form for real cards yet. */
export function useHasTestPayments(): boolean {
  return useDairy().data?.testPayments ?? false;
}

export function TestTokenSelect({ value, onChange }: { value: TestToken; onChange: (token: TestToken) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('payment.testToken')}
      description={t('payment.testTokenHint')}
      size="md"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as TestToken)}
      data={TEST_TOKENS.map((token) => ({ value: token, label: t(`payment.${token}`) }))}
    />
  );
}
