import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './operations.module.css';
import type { AuditFilter } from './queries.ts';

interface AuditFiltersProps {
  readonly filters: AuditFilter;
  readonly setFilter: (name: keyof AuditFilter, value: string | undefined) => void;
}

/** Filters of the audit log. Ids count once they are complete: on Enter, or when the field is left. */
export function AuditFilters({ filters, setFilter }: AuditFiltersProps) {
  const { t } = useTranslation('console');
  return (
    <search className={styles['filters']}>
      <IdField label={t('operations.by')} value={filters.actor} onChange={(id) => setFilter('actor', id)} />
      <IdField label={t('operations.subject')} value={filters.subject} onChange={(id) => setFilter('subject', id)} />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={t(`operations.${name}`)}
          value={filters[name] ?? ''}
          onChange={({ currentTarget }) => setFilter(name, currentTarget.value)}
        />
      ))}
      {(filters.actor ?? filters.subject) !== undefined && (
        <Button
          variant="default"
          onClick={() => setFilter(filters.actor === undefined ? 'subject' : 'actor', undefined)}
        >
          {t('operations.widen')}
        </Button>
      )}
    </search>
  );
}

interface IdFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

function IdField({ label, value = '', onChange }: IdFieldProps) {
  const [text, setText] = useState(value);
  const save = () => text.trim() !== value && onChange(text.trim());
  return (
    <TextInput
      label={label}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={save}
      onKeyDown={({ key }) => key === 'Enter' && save()}
    />
  );
}
