import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { useLedgerPages, useWallet } from '../../api/customer-queries.ts';
import { formatInstant, money } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { WalletRunway } from '../../ui/runway.tsx';
import { Loaded, Notice, Rows } from '../../ui/states.tsx';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { AdjustSheet } from './adjust-sheet.tsx';
import styles from './customers.module.css';

export function WalletTab({ userId }: { userId: string }) {
  return (
    <>
      <Loaded query={useWallet(userId)} rows={<Rows count={1} height={150} />}>
        {(wallet) => <Balance userId={userId} wallet={wallet} />}
      </Loaded>
      <Ledger userId={userId} />
    </>
  );
}

function Balance({ userId, wallet }: { userId: string; wallet: Schemas['WalletResponse'] }) {
  const { t } = useTranslation(['console', 'translation']);
  const { balance, lowBalanceThreshold } = wallet;
  const [isAdjusting, setAdjusting] = useState(false);
  const [adjusted, setAdjusted] = useState<number>();
  return (
    <section className={page['card']} aria-label={t('translation:wallet.balance')}>
      <div className={page['row']}>
        <div>
          <p>{t('translation:wallet.balance')}</p>
          <p className={styles['balance']}>{money(balance)}</p>
        </div>
        <Button onClick={() => setAdjusting(true)}>{t('wallet.adjust')}</Button>
      </div>
      <div className={page['soft']}>
        <WalletRunway userId={userId} />
        <p>
          {lowBalanceThreshold > 0
            ? t('wallet.threshold', { amount: money(lowBalanceThreshold) })
            : t('wallet.noThreshold')}
        </p>
      </div>
      {adjusted !== undefined && (
        <Notice tone="good">
          {t(adjusted > 0 ? 'wallet.added' : 'wallet.taken', {
            amount: money(Math.abs(adjusted)),
            balance: money(balance),
          })}
        </Notice>
      )}
      {isAdjusting && (
        <AdjustSheet
          userId={userId}
          balance={balance}
          onDone={(amount) => {
            setAdjusted(amount);
            setAdjusting(false);
          }}
          onClose={() => setAdjusting(false)}
        />
      )}
    </section>
  );
}

type Entry = Schemas['LedgerEntryResponse'];

function Ledger({ userId }: { userId: string }) {
  const { t } = useTranslation(['console', 'translation']);
  const ledger = useLedgerPages(userId);
  const columns: Column<Entry>[] = [
    { key: 'at', label: t('wallet.at'), render: ({ at }) => formatInstant(at) },
    { key: 'type', label: t('wallet.type'), render: ({ type }) => t(`translation:ledger.${type}`) },
    {
      key: 'reason',
      label: t('wallet.reason'),
      render: ({ reason }) => <span className={styles['wrap']}>{reason}</span>,
    },
    {
      key: 'by',
      label: t('wallet.by'),
      render: ({ by }) => {
        if (!by) return '–';
        return by === userId ? t('role.CUSTOMER') : <Link to={`/customers/${by}`}>{t('role.ADMIN')}</Link>;
      },
    },
    { key: 'amount', label: t('wallet.amount'), align: 'end', render: (entry) => <Amount entry={entry} /> },
  ];
  return (
    <>
      <h2>{t('translation:wallet.ledger')}</h2>
      <Loaded query={ledger}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <p className={page['soft']}>{t('translation:wallet.noEntries')}</p>;
          return (
            <DataTable
              label={t('translation:wallet.ledger')}
              columns={columns}
              rows={entries}
              rowKey={({ entryId }) => entryId}
            />
          );
        }}
      </Loaded>
      <MoreButton pages={ledger} />
    </>
  );
}

function Amount({ entry: { amount } }: { entry: Entry }) {
  return (
    <span className={amount > 0 ? styles['in'] : undefined}>
      {amount > 0 ? '+' : '−'}
      {money(Math.abs(amount))}
    </span>
  );
}
