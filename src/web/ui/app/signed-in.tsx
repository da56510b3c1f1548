import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSessionStatus } from '../../api/hooks.ts';
import { accessToken } from '../../api/session.ts';
import { ErrorState, Rows } from '../states.tsx';

/** A page for signed-in users. Signing in leads back to it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const status = useSessionStatus();
  const { pathname, search } = useLocation();
  if (status === 'signed-in') return children;
  if (status === 'unknown') return <Restoring />;
  return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
}

/** Until the session is restored. Tries again while the API cannot be reached. */
function Restoring() {
  const { error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await accessToken()) !== undefined,
    gcTime: 0,
  });
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Rows count={5} />;
}
