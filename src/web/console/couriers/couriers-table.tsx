import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge } from '../../ui/page.tsx';
import { ProgressBar } from '../deliveries/progress-bar.tsx';
import { type Delivery, type Progress, progressOf } from '../deliveries/queries.ts';
import type { User } from '../people.ts';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { ActiveSheet } from './active-sheet.tsx';
import styles from './couriers.module.css';
import { RouteSheet } from './route-sheet.tsx';

interface CouriersTableProps {
  readonly couriers: readonly User[];
  /** Undefined until they are loaded. */
  readonly deliveries: readonly Delivery[] | undefined;
  readonly date: string;
}

const keyOf = ({ userId }: User) => userId;
const nameOf = ({ name }: User) => name;

/** The couriers, what they deliver on a date, and how far they are. */
export function CouriersTable({ couriers, deliveries, date }: CouriersTableProps) {
  const { t } = useTranslation('console');
  const [changing, setChanging] = useState<string>();
  const courier = couriers.find(({ userId }) => userId === changing);
  const columns = useMemo((): readonly Column<User>[] => {
    const progress = new Map(progressOf(deliveries ?? []).map((one) => [one.courierId, one]));
    const ofCourier = ({ userId }: User): Progress =>
      progress.get(userId) ?? { courierId: userId, total: 0, delivered: 0, failed: 0 };
    return [
      { key: 'name', label: t('couriers.name'), render: ({ name }) => <b>{name}</b>, sortBy: nameOf },
      {
        key: 'state',
        label: t('couriers.state'),
        render: ({ blocked }) => (
          <Badge tone={blocked ? 'bad' : 'good'}>{t(blocked ? 'couriers.inactive' : 'couriers.active')}</Badge>
        ),
        sortBy: ({ blocked }) => (blocked ? 1 : 0),
      },
      {
        key: 'contact',
        label: t('couriers.contact'),
        render: ({ phone, email }) => (
          <span className={styles['contact']}>
            {phone && <a href={`tel:${phone}`}>{phone}</a>}
            <a href={`mailto:${email}`}>{email}</a>
          </span>
        ),
      },
      {
        key: 'progress',
        label: t('nav.deliveries'),
        render: (user) => (
          <Link className={styles['progress']} to={`/deliveries?date=${date}&courier=${user.userId}`}>
            <ProgressBar name={user.name} progress={ofCourier(user)} />
          </Link>
        ),
        sortBy: (user) => ofCourier(user).total,
      },
      {
        key: 'sheet',
        label: t('couriers.routeSheet'),
        render: (user) => <RouteSheet courier={user} date={date} />,
      },
      {
        key: 'actions',
        label: t('couriers.change'),
        render: ({ userId, name, blocked }) => (
          <Button
            size="xs"
            variant="default"
            aria-label={t(blocked ? 'couriers.activateNamed' : 'couriers.deactivateNamed', { name })}
            onClick={() => setChanging(userId)}
          >
            {t(blocked ? 'couriers.activate' : 'couriers.deactivate')}
          </Button>
        ),
      },
    ];
  }, [t, deliveries, date]);
  return (
    <>
      <DataTable label={t('nav.couriers')} columns={columns} rows={couriers} rowKey={keyOf} rowLabel={nameOf} />
      {courier && <ActiveSheet courier={courier} onClose={() => setChanging(undefined)} />}
    </>
  );
}
