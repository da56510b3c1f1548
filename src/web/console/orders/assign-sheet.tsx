import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Loaded } from '../../ui/states.tsx';
import page from '../../ui/page.module.css';
import { useCouriers, type User } from '../people.ts';
import { type OrderResult, useBulk } from './use-bulk.ts';

interface AssignSheetProps {
  readonly orderIds: readonly string[];
  readonly onDone: (results: readonly OrderResult[]) => void;
  readonly onClose: () => void;
}

/** Chooses the courier of one or several orders. */
export function AssignSheet({ orderIds, onDone, onClose }: AssignSheetProps) {
  const { t } = useTranslation('console');
  return (
    <Sheet title={t('assign.title', { count: orderIds.length })} onClose={onClose}>
      <Loaded query={useCouriers()}>
        {(couriers) => {
          const active = couriers.filter(({ blocked }) => !blocked);
          return active.length === 0 ? (
            <p>{t('assign.noCourier')}</p>
          ) : (
            <AssignForm couriers={active} orderIds={orderIds} onDone={onDone} onClose={onClose} />
          );
        }}
      </Loaded>
    </Sheet>
  );
}

interface Chosen {
  readonly courierId: string;
  readonly permanent: boolean;
}

async function assign(
  orderIds: readonly string[],
  { courierId, permanent }: Chosen,
  header: { 'Idempotency-Key': string },
): Promise<readonly OrderResult[]> {
  const body = { orderIds: [...orderIds], courierId, permanent };
  const results = await bodyOf(api.POST('/delivery/assign', { body, params: { header } }));
  // One delivery is the answer to `orderId` only.
  return Array.isArray(results) ? results : [];
}

function AssignForm({ couriers, orderIds, onDone, onClose }: AssignSheetProps & { couriers: readonly User[] }) {
  const { t } = useTranslation(['console', 'translation']);
  const [courierId, setCourierId] = useState(couriers[0]?.userId ?? '');
  const [permanent, setPermanent] = useState(false);
  const { mutate, isPending, error } = useBulk(assign, onDone);
  return (
    <form
      className={page['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ orderIds, values: { courierId, permanent } });
      }}
    >
      <NativeSelect
        label={t('assign.courier')}
        size="md"
        value={courierId}
        onChange={({ currentTarget }) => setCourierId(currentTarget.value)}
        data={couriers.map(({ userId, name }) => ({ value: userId, label: name }))}
      />
      <Checkbox
        label={t('assign.permanent')}
        description={t('assign.permanentHint')}
        checked={permanent}
        onChange={({ currentTarget }) => setPermanent(currentTarget.checked)}
      />
      <ActionError error={error} />
      <div className={page['actions']}>
        <Button type="submit" loading={isPending}>
          {t('assign.action')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('translation:common.cancel')}
        </Button>
      </div>
    </form>
  );
}
