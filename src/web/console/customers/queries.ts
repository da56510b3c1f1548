import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Schemas } from '../../api/client.ts';
import { useUserId } from '../../api/hooks.ts';
import { useOwn, useOwnPages } from '../../api/queries.ts';

export type User = Schemas['UserAdminResponse'];
export type Role = User['role'];
export const ROLES = ['CUSTOMER', 'COURIER', 'ADMIN'] as const satisfies readonly Role[];

const PAGE_SIZE = 50;

export interface UserFilter {
  readonly role?: Role | undefined;
  readonly email?: string | undefined;
}

export function useUserPages(filter: UserFilter) {
  const userId = useUserId();
  return useInfiniteQuery({
    queryKey: ['users', filter, userId],
    initialPageParam: undefined as string | undefined,
    queryFn:
      userId === undefined
        ? skipToken
        : ({ pageParam: cursor, signal }) =>
            pageOf(api.GET('/admin/users', { params: { query: { limit: PAGE_SIZE, cursor, ...filter } }, signal })),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export const useUser = (userId: string) =>
  useOwn(['user', userId], (signal) =>
    bodyOf(api.GET('/admin/users/{userId}', { params: { path: { userId } }, signal })),
  );

export const useInvoicePages = (userId: string) =>
  useOwnPages(['invoices', userId], (cursor, signal) =>
    pageOf(api.GET('/invoice/list', { params: { query: { limit: 20, cursor, userId } }, signal })),
  );
