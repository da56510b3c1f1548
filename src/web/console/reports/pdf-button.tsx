import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client.ts';
import { resultOf } from '../../api/jobs.ts';
import { problemText } from '../../ui/problem-text.ts';
import type { DateRange } from './queries.ts';

/** Has the report written as a PDF, then leads to it. */
export function PdfButton({ range }: { range: DateRange }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation('translation');
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      resultOf<Schemas['ReportFileResponse']>(() =>
        api.POST('/analytics/report', { body: { ...range, format: 'pdf' } }),
      ),
  });
  if (data) {
    return (
      <Button component="a" href={data.url} target="_blank" rel="noreferrer">
        {t('reports.openPdf')}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {t('reports.pdf')}
      </Button>
      <span role="status">{isPending && t('reports.writing')}</span>
      {error && <span role="alert">{problemText(error, shared)}</span>}
    </>
  );
}
