import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { useAction } from '../../ui/use-action.ts';
import type { User } from '../people.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';

/** Asks before a courier is blocked or unblocked. */
export function ActiveSheet({ courier, onClose }: { courier: User; onClose: () => void }) {
  const { t } = useTranslation('console');
  const queries = useQueryClient();
  const { userId, name, blocked, version } = courier;
  const { mutate, isPending, error } = useAction(
    (change: { blocked: boolean }) => {
      const params = { path: { userId }, header: { 'If-Match': `"${version}"` } };
      return bodyOf(api.PATCH('/admin/users/{userId}', { body: change, params }));
    },
    { changes: ['users', 'deliveries'], onSuccess: onClose },
  );
  return (
    <ConfirmSheet
      title={t(blocked ? 'couriers.activateTitle' : 'couriers.deactivateTitle', { name })}
      action={t(blocked ? 'couriers.activate' : 'couriers.deactivate')}
      isPending={isPending}
      error={error}
      onConfirm={() => mutate({ blocked: !blocked })}
      onClose={onClose}
      onReload={() => void queries.invalidateQueries({ queryKey: ['users'] }).then(onClose)}
    >
      <p>{t(blocked ? 'couriers.activateText' : 'couriers.deactivateText')}</p>
      {!blocked && <Link to="/deliveries?needsCourier=true">{t('couriers.needsCourier')}</Link>}
    </ConfirmSheet>
  );
}
