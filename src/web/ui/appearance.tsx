import { useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../api/client.ts';
import { chooseLanguage, type Language, LANGUAGES } from '../i18n/index.ts';
import { Choice } from './forms/choice.tsx';
import { Card } from './page.tsx';
import { ActionError } from './states.tsx';
import { useAction } from './use-action.ts';

/** The language and the colours, on this device and for messages to the user. `children` come last in the card. */
export function Appearance({ children }: { children?: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { mutate, error } = useAction(
    async (language: Language) => {
      await chooseLanguage(language);
      await bodyOf(api.PATCH('/user/profile', { body: { language } }));
    },
    { changes: ['profile'] },
  );
  return (
    <Card title={t('account.appearance')}>
      <Choice
        label={t('account.language')}
        layout="pairs"
        value={i18n.language as Language}
        onChange={(language) => mutate(language)}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))}
      />
      <ActionError error={error} />
      <Choice
        label={t('account.colors')}
        value={colorScheme}
        onChange={setColorScheme}
        options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`account.${value}`) }))}
      />
      {children}
    </Card>
  );
}
