import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/choice.tsx';
import { formatInstant, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { WalletRunway } from '../../ui/runway.tsx';
import { ActionError, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type TestToken, TestTokenSelect, useHasTestPayments } from '../fields/payment-choice.tsx';
import { useLedgerPages, useWallet } from '../../api/customer-queries.ts';
import page from '../../ui/page.module.css';
import styles from './wallet.module.css';

const AMOUNTS = ['500', '1000', '2000'] as const;
const MIN_AMOUNT = 1;
const MAX_AMOUNT = 100_000;

export default function WalletPage() {
  const { t } = useTranslation();
  const wallet = useWallet();
  return (
    <Page title={t('wallet.title')}>
      <Loaded query={wallet} rows={<Rows count={2} height={150} />}>
        {(found) => <Balance wallet={found} />}
      </Loaded>
      <TopUp />
      <Ledger />
    </Page>
  );
}

function Balance({ wallet: { balance, lowBalanceThreshold } }: { wallet: Schemas['WalletResponse'] }) {
  const { t } = useTranslation();
  return (
    <section className={styles['balance']} aria-label={t('wallet.balance')} aria-live="polite">
      <p>{t('wallet.balance')}</p>
      <p className={styles['amount']}>{money(balance)}</p>
      <WalletRunway />
      {lowBalanceThreshold > 0 && balance < lowBalanceThreshold && (
        <p>{t('wallet.low', { amount: money(lowBalanceThreshold) })}</p>
      )}
    </section>
  );
}

function TopUp() {
  const { t } = useTranslation();
  const hasTestPayments = useHasTestPayments();
  const [amount, setAmount] = useState<string>('500');
  const [method, setMethod] = useState<'UPI' | 'CARD'>('UPI');
  const [token, setToken] = useState<TestToken>('tok_ok');
  const number = Number(amount);
  const isValid =
    amount !== '' && number >= MIN_AMOUNT && number <= MAX_AMOUNT && Number.isInteger(Math.round(number * 1e6) / 1e4);
  const { mutate, isPending, data, error } = useAction(
    (body: Schemas['TopUpRequest'], header) => bodyOf(api.POST('/wallet/topup', { body, params: { header } })),
    { changes: ['wallet', 'ledger', 'subscriptions'] },
  );
  if (!hasTestPayments) return <Notice tone="info">{t('wallet.noOnlinePayment')}</Notice>;
  return (
    <Card title={t('wallet.topUp')}>
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) mutate({ amount: number, paymentMethod: method, paymentToken: token });
        }}
      >
        <Choice
          label={t('wallet.choose')}
          value={amount}
          onChange={setAmount}
          options={AMOUNTS.map((value) => ({ value, label: money(Number(value)) }))}
        />
        <TextInput
          label={t('wallet.amount')}
          inputMode="decimal"
          size="md"
          required
          value={amount}
          error={isValid ? undefined : t('wallet.range', { min: money(MIN_AMOUNT), max: money(MAX_AMOUNT) })}
          onChange={({ currentTarget }) => setAmount(currentTarget.value)}
        />
        <Choice
          label={t('checkout.method')}
          layout="pairs"
          value={method}
          onChange={setMethod}
          options={[
            { value: 'UPI', label: t('payment.UPI') },
            { value: 'CARD', label: t('payment.CARD') },
          ]}
        />
        <TestTokenSelect value={token} onChange={setToken} />
        <ActionError error={error} />
        {data?.status === 'FAILED' && <Notice>{t('wallet.declined')}</Notice>}
        {data?.status === 'PENDING' && <Notice tone="info">{t('order.paymentPending')}</Notice>}
        {data?.status === 'SUCCESS' && <Notice tone="good">{t('wallet.added', { amount: money(data.amount) })}</Notice>}
        <Button type="submit" size="md" loading={isPending}>
          {t('wallet.add', { amount: isValid ? money(number) : '' })}
        </Button>
      </form>
    </Card>
  );
}

function Ledger() {
  const { t } = useTranslation();
  const ledger = useLedgerPages();
  return (
    <Card title={t('wallet.ledger')}>
      <Loaded query={ledger}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <p className={page['soft']}>{t('wallet.noEntries')}</p>;
          return (
            <ul className={styles['entries']}>
              {entries.map(({ entryId, type, amount, at }) => (
                <li key={entryId} className={page['row']}>
                  <span>
                    <span className={page['strong']}>{t(`ledger.${type}`)}</span>
                    <br />
                    <span className={page['soft']}>{formatInstant(at)}</span>
                  </span>
                  <span className={`${page['amount']} ${amount > 0 ? styles['in'] : ''}`}>
                    {amount > 0 ? '+' : '−'}
                    {money(Math.abs(amount))}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {ledger.hasNextPage && (
        <Button variant="subtle" loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
          {t('common.showMore')}
        </Button>
      )}
      <p className={page['soft']}>
        <Link to="/orders">{t('wallet.orders')}</Link>
      </p>
    </Card>
  );
}
