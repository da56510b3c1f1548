import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Page } from '../../api/client.ts';
import { formatDate } from '../../ui/format.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import styles from './operations.module.css';
import { useDisputePages, useFailedMessagePages, useOutboxPages, useReadiness, useRunPages } from './queries.ts';

interface List {
  readonly data: { readonly pages: readonly Page<unknown>[] } | undefined;
  readonly hasNextPage: boolean;
  readonly error: unknown;
}

/** What needs a look, at a glance. */
export function Health() {
  const { t } = useTranslation('console');
  const parked = useOutboxPages('parked');
  const failed = useFailedMessagePages();
  const disputes = useDisputePages('OPEN');
  return (
    <ul className={styles['checks']}>
      <Readiness />
      <LastRun />
      <Count list={parked} to="?tab=events" label={t('operations.parkedEvents')} />
      <Count list={failed} to="?tab=messages" label={t('operations.failedMessages')} />
      <Count list={disputes} to="?tab=disputes&state=OPEN" label={t('operations.openDisputes')} />
    </ul>
  );
}

function Check({ label, tone, children }: { label: ReactNode; tone: Tone; children: ReactNode }) {
  return (
    <li>
      <span>{label}</span>
      <Badge tone={tone}>{children}</Badge>
    </li>
  );
}

function Readiness() {
  const { t } = useTranslation('console');
  const { data, error } = useReadiness();
  if (error) {
    return (
      <Check label={t('operations.service')} tone="bad">
        {t('operations.notReady')}
      </Check>
    );
  }
  return (
    <Check label={t('operations.service')} tone={data ? 'good' : 'plain'}>
      {data ? t('operations.ready') : t('operations.checking')}
    </Check>
  );
}

function LastRun() {
  const { t } = useTranslation('console');
  const { data, error } = useRunPages();
  const run = data?.pages[0]?.items[0];
  const label = <Link to="?tab=runs">{t('operations.lastRun')}</Link>;
  if (!run) {
    return (
      <Check label={label} tone={error ? 'bad' : 'plain'}>
        {t(error ? 'operations.unknown' : data ? 'operations.noRun' : 'operations.checking')}
      </Check>
    );
  }
  return (
    <Check label={label} tone={run.status === 'FAILED' ? 'bad' : 'good'}>
      {formatDate(run.date, { day: 'numeric', month: 'short' })} · {t(`operations.runStatus.${run.status}`)}
    </Check>
  );
}

function Count({ list: { data, hasNextPage, error }, to, label }: { list: List; to: string; label: string }) {
  const { t } = useTranslation('console');
  const link = <Link to={to}>{label}</Link>;
  if (!data) {
    return (
      <Check label={link} tone={error ? 'bad' : 'plain'}>
        {t(error ? 'operations.unknown' : 'operations.checking')}
      </Check>
    );
  }
  const count = data.pages.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <Check label={link} tone={count === 0 ? 'good' : 'warn'}>
      {count === 0 ? t('operations.noneLeft') : `${count}${hasNextPage ? '+' : ''}`}
    </Check>
  );
}
