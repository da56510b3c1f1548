import { skipToken, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useUserId } from '../api/hooks.ts';

const LONG = 5 * 60_000;

export const useDairy = () =>
  useQuery({ queryKey: ['dairy'], queryFn: () => bodyOf(api.GET('/dairy')), staleTime: LONG });

export function useProfile() {
  const userId = useUserId();
  return useQuery({
    queryKey: ['profile', userId],
    queryFn: userId === undefined ? skipToken : ({ signal }) => bodyOf(api.GET('/user/profile', { signal })),
    staleTime: LONG,
  });
}
