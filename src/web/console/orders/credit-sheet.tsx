import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { money } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { TextField } from '../../ui/forms/text-field.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type Order, useMovements } from './queries.ts';

/** Gives the customer of an order money in the wallet, such as after a failed delivery that was not refunded. */
export function CreditSheet({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation(['console', 'translation']);
  const { userId, orderNumber, payment } = order;
  const { data: movements = [] } = useMovements(order);
  const [amount, setAmount] = useState(payment?.status === 'SUCCESS' ? String(order.amount) : '');
  const [reason, setReason] = useState(t('credit.defaultReason', { number: orderNumber }));
  const number = Number(amount);
  const isValid = number > 0 && Number.isInteger(Math.round(number * 1e6) / 1e4);
  const { mutate, isPending, error } = useAction(
    (body: Schemas['AdjustWalletRequest'], header) =>
      bodyOf(api.POST('/admin/wallet/adjust', { body, params: { header } })),
    { changes: ['ledger', 'wallet', 'audit'], onSuccess: onClose },
  );
  const credited = movements.filter(({ type }) => type === 'CREDIT' || type === 'ADJUSTMENT');
  const sum = credited.reduce((total, movement) => total + movement.amount, 0);
  return (
    <Sheet title={t('credit.title', { number: orderNumber })} onClose={onClose}>
      <p>{t('credit.text')}</p>
      {sum > 0 && <Notice tone="info">{t('credit.already', { amount: money(sum) })}</Notice>}
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) mutate({ userId, amount: number, reason, type: 'CREDIT' });
        }}
      >
        <TextField
          label={t('credit.amount')}
          inputMode="decimal"
          required
          value={amount}
          error={fieldProblem(error, 'amount')}
          onChange={setAmount}
        />
        <TextField
          label={t('credit.reason')}
          description={t('credit.reasonHint')}
          required
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        <ActionError error={error} />
        <div className={page['actions']}>
          <Button type="submit" loading={isPending} disabled={!isValid}>
            {t('credit.action', { amount: isValid ? money(number) : '' })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('translation:common.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
