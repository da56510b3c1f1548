import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { allPagesOf } from '../api/all-pages.ts';
import { api, bodyOf, pageOf, type Schemas } from '../api/client.ts';

export type User = Schemas['UserAdminResponse'];

const MINUTE = 60_000;

function useStaff(role: 'COURIER' | 'ADMIN') {
  return useQuery({
    queryKey: ['users', role],
    queryFn: ({ signal }) =>
      allPagesOf((cursor) =>
        pageOf(api.GET('/admin/users', { params: { query: { role, limit: 100, cursor } }, signal })),
      ),
    staleTime: MINUTE,
    select: sortedByName,
  });
}

const sortedByName = (users: readonly User[]) => users.toSorted((one, other) => one.name.localeCompare(other.name));

/** All couriers by name, also the blocked ones. */
export const useCouriers = () => useStaff('COURIER');

const NO_USERS: readonly User[] = [];

/** Names of couriers and admins by id. An id without a name is shown as it is. */
export function useNameOf(): (userId: string) => string {
  const { data: couriers = NO_USERS } = useStaff('COURIER');
  const { data: admins = NO_USERS } = useStaff('ADMIN');
  return useMemo(() => {
    const names = new Map([...couriers, ...admins].map(({ userId, name }) => [userId, name]));
    return (userId) => names.get(userId) ?? userId;
  }, [couriers, admins]);
}

export function useCustomer(userId: string) {
  return useQuery({
    queryKey: ['user', userId],
    queryFn: ({ signal }) => bodyOf(api.GET('/user/profile', { params: { query: { userId } }, signal })),
  });
}

/** The name of the courier of a delivery, which may have none. */
export function useCourierName(): (courierId: string | undefined) => string {
  const { t } = useTranslation('console');
  const nameOf = useNameOf();
  return useCallback((courierId) => (courierId === undefined ? t('couriers.none') : nameOf(courierId)), [nameOf, t]);
}
