import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { ApiError } from '../../api/problem.ts';
import { ActionError } from '../../ui/states.tsx';

const TRIES = 15;
const WAIT_MILLISECONDS = 2_000;

/** Makes the invoice of a delivered order if it has none, and then shows a link to it. */
export function InvoiceButton({ orderId }: { orderId: string }) {
  const { t } = useTranslation('console');
  const { mutate, isPending, data, error } = useMutation({ mutationFn: () => invoiceOf(orderId) });
  if (data?.url !== undefined) {
    return (
      <Button variant="light" component="a" href={data.url} target="_blank" rel="noreferrer">
        {t('order.openInvoice', { number: data.invoiceNumber })}
      </Button>
    );
  }
  return (
    <>
      <Button variant="light" loading={isPending} onClick={() => mutate()}>
        {t('order.invoice')}
      </Button>
      <ActionError error={error} />
    </>
  );
}

/** Asks again while the invoice is being made. */
async function invoiceOf(orderId: string): Promise<Schemas['InvoiceResponse']> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await bodyOf(api.GET('/order/{orderId}/invoice', { params: { path: { orderId } } }));
    if ('invoiceNumber' in answer && answer.url !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
  }
  throw new ApiError(503, 'invoice.pending', '');
}
