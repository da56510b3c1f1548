import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const NAME = 'order';

/** The order whose story a page shows beside its list. It is in the URL, so that it can be shared. */
export function useOpenOrder() {
  const [params, setParams] = useSearchParams();
  const open = useCallback(
    (orderId: string) =>
      setParams((current) => {
        current.set(NAME, orderId);
        return current;
      }),
    [setParams],
  );
  const close = () =>
    setParams(
      (current) => {
        current.delete(NAME);
        return current;
      },
      { replace: true },
    );
  return { orderId: params.get(NAME) ?? undefined, open, close };
}
