import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useExpectedUserId } from '../api/hooks.ts';
import { onStoreChange } from './store/database.ts';
import { readDevice } from './store/rounds.ts';

/** What this device keeps for the courier who is signed in, also without a network. Follows changes of all tabs. */
export function useDevice() {
  const userId = useExpectedUserId() ?? '';
  const queries = useQueryClient();
  useEffect(
    () => onStoreChange(() => void queries.invalidateQueries({ queryKey: ['device', userId] })),
    [queries, userId],
  );
  return useQuery({
    queryKey: ['device', userId],
    queryFn: () => readDevice(userId),
    networkMode: 'always',
    staleTime: Infinity,
    retry: false,
  });
}
