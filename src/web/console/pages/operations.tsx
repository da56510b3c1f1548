import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { AuditLog } from '../operations/audit-log.tsx';
import { Disputes } from '../operations/disputes.tsx';
import { Events } from '../operations/events.tsx';
import { FailedMessages } from '../operations/failed-messages.tsx';
import { Health } from '../operations/health.tsx';
import { Runs } from '../operations/runs.tsx';
import { SmsList } from '../operations/sms-list.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useFilters } from '../use-filters.ts';

const PARTS = {
  health: Health,
  events: Events,
  messages: FailedMessages,
  sms: SmsList,
  runs: Runs,
  disputes: Disputes,
  audit: AuditLog,
} satisfies Record<string, ComponentType>;
type Tab = keyof typeof PARTS;
const TABS = Object.keys(PARTS) as Tab[];

export default function OperationsPage() {
  const { t } = useTranslation('console');
  const { filters } = useFilters('tab');
  const tab = TABS.find((name) => name === filters.tab) ?? 'health';
  const Part = PARTS[tab];
  return (
    <ConsolePage title={t('nav.operations')}>
      <Tabs
        label={t('operations.parts')}
        value={tab}
        tabs={TABS.map((value) => ({ value, label: t(`operations.tab.${value}`) }))}
      />
      <Part />
    </ConsolePage>
  );
}
