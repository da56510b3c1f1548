import { useSearchParams } from 'react-router';

/** The page that asked for the sign-in, and the query that keeps it. Only paths of this app. */
export function useNextPage(): { next: string; query: string } {
  const [params] = useSearchParams();
  const asked = params.get('next') ?? '/';
  const next = /^\/(?![/\\])/.test(asked) ? asked : '/';
  return { next, query: next === '/' ? '' : `?next=${encodeURIComponent(next)}` };
}
