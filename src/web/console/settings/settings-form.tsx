import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { LANGUAGES } from '../../i18n/index.ts';
import { Card } from '../../ui/page.tsx';
import page from '../../ui/page.module.css';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import styles from './settings.module.css';

type Settings = Schemas['DairyResponse'];
type Change = Schemas['UpdateDairyRequest'];

const TEXTS = ['name', 'address', 'email', 'phone', 'taxId', 'logo'] as const;
type TextName = (typeof TEXTS)[number];
const MAX_LENGTHS: Record<TextName, number> = { name: 80, address: 300, email: 254, phone: 40, taxId: 40, logo: 500 };
const TYPES: Partial<Record<TextName, string>> = { email: 'email', phone: 'tel', logo: 'url' };

interface SettingsFormProps {
  readonly settings: Settings;
  /** Whether these settings were just saved here. */
  readonly isSaved: boolean;
  readonly onSaved: (version: number) => void;
}

/** What the dairy calls itself in messages and on invoices. Sends only what was changed. */
export function SettingsForm({ settings, isSaved, onSaved }: SettingsFormProps) {
  const { t } = useTranslation(['console', 'translation']);
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => textsOf(settings));
  const [language, setLanguage] = useState(settings.language);
  const { mutate, isPending, error } = useAction(
    (body: Change, header) =>
      bodyOf(
        api.PATCH('/admin/dairy', { body, params: { header: { ...header, 'If-Match': String(settings.version) } } }),
      ),
    {
      changes: ['dairy'],
      onSuccess: (saved) => {
        queries.setQueryData(['admin-dairy'], saved);
        onSaved(saved.version);
      },
    },
  );
  const change = changeOf(settings, typed, language);
  const isSame = Object.keys(change).length === 0;
  const field = (name: TextName) => ({
    label: t(`settings.${name}`),
    description: t(`settings.${name}Hint`),
    maxLength: MAX_LENGTHS[name],
    required: name === 'name',
    value: typed[name],
    error: fieldProblem(error, name),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setTyped((previous) => ({ ...previous, [name]: currentTarget.value })),
  });
  return (
    <Card title={t('settings.dairy')}>
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSame) mutate(change);
        }}
      >
        {TEXTS.map((name) =>
          name === 'address' ? (
            <Textarea key={name} {...field(name)} rows={3} />
          ) : (
            <TextInput key={name} {...field(name)} type={TYPES[name] ?? 'text'} />
          ),
        )}
        {settings.logo && <img className={styles['logo']} src={settings.logo} alt={t('settings.logo')} />}
        <NativeSelect
          label={t('settings.language')}
          description={t('settings.languageHint')}
          value={language}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget }) => setLanguage(currentTarget.value as Settings['language'])}
        />
        <ActionError error={error} onReload={() => void queries.invalidateQueries({ queryKey: ['admin-dairy'] })} />
        {isSame && isSaved && <Notice tone="good">{t('translation:common.saved')}</Notice>}
        <Button type="submit" loading={isPending} disabled={isSame}>
          {t('translation:common.save')}
        </Button>
      </form>
    </Card>
  );
}

function textsOf(settings: Settings): Record<TextName, string> {
  return Object.fromEntries(TEXTS.map((name) => [name, settings[name] ?? ''])) as Record<TextName, string>;
}

/** Only what differs, so that the change of another admin to something else is not undone by this one. */
function changeOf(
  settings: Settings,
  typed: Readonly<Record<TextName, string>>,
  language: Settings['language'],
): Change {
  const before = textsOf(settings);
  const texts = TEXTS.flatMap((name) => {
    const text = typed[name].trim();
    return text === before[name] ? [] : [[name, text || null]];
  });
  return { ...(Object.fromEntries(texts) as Change), ...(language !== settings.language && { language }) };
}
