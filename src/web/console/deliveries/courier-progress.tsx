import { useTranslation } from 'react-i18next';
import { useCourierName } from '../people.ts';
import styles from './deliveries.module.css';
import { ProgressBar } from './progress-bar.tsx';
import { type Delivery, progressOf } from './queries.ts';

/** The value of the filter for deliveries without a courier. Not an id. */
export const NO_COURIER = '-';

interface CourierProgressProps {
  readonly deliveries: readonly Delivery[];
  /** Id of the courier whose deliveries the page shows. */
  readonly value: string | undefined;
  readonly onChange: (courierId: string | undefined) => void;
}

/** The progress of each courier. Choosing one shows only their deliveries. */
export function CourierProgress({ deliveries, value, onChange }: CourierProgressProps) {
  const { t } = useTranslation('console');
  const courierName = useCourierName();
  const rows = progressOf(deliveries)
    .map((progress) => ({ ...progress, name: courierName(progress.courierId) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  if (rows.length === 0) return null;
  return (
    <div role="group" aria-label={t('deliveries.byCourier')} className={styles['couriers']}>
      {rows.map(({ name, ...progress }) => {
        const id = progress.courierId ?? NO_COURIER;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={value === id}
            onClick={() => onChange(value === id ? undefined : id)}
          >
            <b>{name}</b>
            <ProgressBar name={name} progress={progress} />
          </button>
        );
      })}
    </div>
  );
}
