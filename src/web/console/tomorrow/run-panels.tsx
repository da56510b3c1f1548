import { useTranslation } from 'react-i18next';
import type { Run } from '../day-queries.ts';
import { Panel } from '../ui/panel.tsx';
import { OutcomeList } from './outcome-list.tsx';
import { OutcomeTiles } from './outcome-tiles.tsx';
import { RunNow } from './run-now.tsx';
import { RunProgress } from './run-progress.tsx';

/** A run with its outcomes. */
export function RunPanels({ run }: { run: Run }) {
  const { t } = useTranslation('console');
  const { date, status, counts } = run;
  return (
    <>
      <Panel title={t('run.title')} tools={status === 'FAILED' && <RunNow date={date} isRepeat />}>
        <RunProgress run={run} />
        <OutcomeTiles date={date} counts={counts} />
      </Panel>
      <OutcomeList date={date} isRunning={status === 'RUNNING'} />
    </>
  );
}
