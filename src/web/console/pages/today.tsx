import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { Loaded, Rows } from '../../ui/states.tsx';
import { type Day, useDay } from '../day-queries.ts';
import { CouriersPanel } from '../today/couriers-panel.tsx';
import { GenerationPanel } from '../today/generation-panel.tsx';
import { MoneyPanel } from '../today/money-panel.tsx';
import { OrdersPanel } from '../today/orders-panel.tsx';
import { ProblemsPanel } from '../today/problems-panel.tsx';
import styles from '../today/today.module.css';
import { ConsolePage } from '../ui/page.tsx';

export default function TodayPage() {
  const { t } = useTranslation('console');
  const day = useDay();
  return (
    <ConsolePage
      title={t('nav.today')}
      text={day.data && formatDate(day.data.date)}
      tools={day.data && <Freshness day={day.data} isFailing={day.failureCount > 0 || day.isError} />}
    >
      <Loaded query={day} rows={<Rows count={4} height={130} />}>
        {(data) => <Panels day={data} />}
      </Loaded>
    </ConsolePage>
  );
}

function Panels({ day }: { day: Day }) {
  return (
    <div className={styles['panels']}>
      <div className={styles['wide']}>
        <ProblemsPanel day={day} />
      </div>
      <div className={styles['wide']}>
        <OrdersPanel day={day} />
      </div>
      <CouriersPanel day={day} />
      <div className={styles['column']}>
        <GenerationPanel today={day.date} />
        <MoneyPanel day={day} />
      </div>
    </div>
  );
}

/** How old the figures are. They are refreshed by themselves. */
function Freshness({ day, isFailing }: { day: Day; isFailing: boolean }) {
  const { t } = useTranslation('console');
  const time = formatInstant(day.asOf, { hour: 'numeric', minute: '2-digit' });
  return (
    <p className={styles['freshness']} data-failing={isFailing || undefined} role={isFailing ? 'status' : undefined}>
      {t(isFailing ? 'today.stale' : 'today.asOf', { time })}
    </p>
  );
}
