import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/forms/choice.tsx';
import { money } from '../../ui/format.ts';
import styles from '../../ui/page.module.css';
import { fieldProblem } from '../../ui/problem-text.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';

const KINDS = ['received', 'goodwill', 'taken'] as const;
type Kind = (typeof KINDS)[number];

interface AdjustSheetProps {
  readonly userId: string;
  readonly balance: number;
  readonly onDone: (amount: number) => void;
  readonly onClose: () => void;
}

/** Credits or debits a wallet by hand. Says the new balance before. */
export function AdjustSheet({ userId, balance, onDone, onClose }: AdjustSheetProps) {
  const { t } = useTranslation('console');
  const [kind, setKind] = useState<Kind>('received');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const value = Math.round(Number(text.trim().replace(',', '.')) * 100);
  const isAmount = /^\d+([.,]\d{1,2})?$/.test(text.trim()) && value > 0;
  const cents = kind === 'taken' ? -value : value;
  const { mutate, isPending, error } = useAction(
    (body: Schemas['AdjustWalletRequest'], header) =>
      bodyOf(api.POST('/admin/wallet/adjust', { body, params: { header } })),
    { changes: ['wallet', 'ledger', 'subscriptions'], onSuccess: ({ amount }) => onDone(amount) },
  );
  return (
    <Sheet title={t('wallet.adjust')} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isAmount) return;
          mutate({ userId, amount: cents / 100, reason, type: kind === 'goodwill' ? 'CREDIT' : 'ADJUSTMENT' });
        }}
      >
        <Choice
          label={t('wallet.kind')}
          layout="column"
          value={kind}
          onChange={setKind}
          options={KINDS.map((one) => ({
            value: one,
            label: t(`wallet.kinds.${one}`),
            hint: t(`wallet.hints.${one}`),
          }))}
        />
        <TextInput
          label={t('wallet.amount')}
          inputMode="decimal"
          autoComplete="off"
          required
          size="md"
          value={text}
          error={text && !isAmount ? t('wallet.amountRule') : fieldProblem(error, 'amount')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <TextInput
          label={t('wallet.reason')}
          description={t('wallet.reasonHint')}
          required
          maxLength={200}
          size="md"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <p aria-live="polite">
          {isAmount
            ? t('wallet.change', { from: money(balance), to: money((Math.round(balance * 100) + cents) / 100) })
            : t('wallet.now', { balance: money(balance) })}
        </p>
        <ActionError error={error} />
        <Button type="submit" size="md" loading={isPending} color={kind === 'taken' ? 'red' : undefined}>
          {t(kind === 'taken' ? 'wallet.take' : 'wallet.add', { amount: isAmount ? money(value / 100) : '' })}
        </Button>
      </form>
    </Sheet>
  );
}
