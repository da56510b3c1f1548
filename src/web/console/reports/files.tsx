import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { DownloadButton } from '../ui/download-button.tsx';
import { PdfButton } from './pdf-button.tsx';
import type { DateRange } from './queries.ts';

/** The report as files. */
export function ReportFiles({ range }: { range: DateRange }) {
  const { t } = useTranslation('console');
  return (
    <>
      <DownloadButton
        label={t('reports.csv')}
        fileName={`report-${range.from}-${range.to}.csv`}
        request={() =>
          api.GET('/analytics/report', { params: { query: { ...range, format: 'csv' } }, parseAs: 'blob' as const })
        }
      />
      {/* A link belongs to its range. */}
      <PdfButton key={`${range.from} ${range.to}`} range={range} />
    </>
  );
}
