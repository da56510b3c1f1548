import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays, formatDate } from '../../ui/format.ts';
import { Loaded, Rows } from '../../ui/states.tsx';
import { useDay, useRun } from '../day-queries.ts';
import { DemandPanel } from '../tomorrow/demand-panel.tsx';
import { PreviewPanels } from '../tomorrow/preview-panels.tsx';
import { RunPanels } from '../tomorrow/run-panels.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

export default function TomorrowPage() {
  const day = useDay();
  return (
    <Loaded query={day} rows={<Rows count={4} height={130} />}>
      {({ date }) => <DatePage today={date} />}
    </Loaded>
  );
}

function DatePage({ today }: { today: string }) {
  const { t } = useTranslation('console');
  const { filters, setFilters } = useFilters('date', 'outcome');
  const tomorrow = addDays(today, 1);
  const date = filters.date ?? tomorrow;
  const run = useRun(date);
  return (
    <ConsolePage
      title={date === tomorrow ? t('nav.tomorrow') : t('tomorrow.day')}
      text={formatDate(date)}
      tools={
        <TextInput
          type="date"
          label={t('tomorrow.date')}
          value={date}
          onChange={({ currentTarget: { value } }) => value && setFilters({ date: value, outcome: undefined })}
        />
      }
    >
      <Loaded query={run} rows={<Rows count={3} height={90} />}>
        {(found) => (found ? <RunPanels run={found} /> : <PreviewPanels date={date} />)}
      </Loaded>
      {date >= today && <DemandPanel from={date} />}
    </ConsolePage>
  );
}
