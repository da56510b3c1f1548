import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { useLedgerPages, useWallet } from '../../api/customer-queries.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { WalletRunway } from '../../ui/runway.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { TopUp } from '../payment/top-up.tsx';
import page from '../../ui/page.module.css';
import styles from './wallet.module.css';

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
