import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What the sandbox of the payment gateway does with a charge. */
const TEST_TOKENS = ['tok_ok', 'tok_declined', 'tok_pending_then_ok', 'tok_pending_then_fail', 'tok_slow'] as const;
export type TestToken = (typeof TEST_TOKENS)[number];

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
