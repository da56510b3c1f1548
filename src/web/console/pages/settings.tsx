import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { formatTime } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { useDairy } from '../queries.ts';
import { SettingsForm } from '../settings/settings-form.tsx';
import styles from '../settings/settings.module.css';
import { ConsolePage } from '../ui/page.tsx';

export default function SettingsPage() {
  const { t } = useTranslation('console');
  const [savedVersion, setSavedVersion] = useState<number>();
  const settings = useQuery({
    queryKey: ['admin-dairy'],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/dairy', { signal })),
  });
  return (
    <ConsolePage title={t('nav.settings')} text={t('settings.text')}>
      <div className={styles['columns']}>
        <Loaded query={settings} rows={<Rows count={2} height={240} />}>
          {(found) => (
            <SettingsForm
              key={found.version}
              settings={found}
              isSaved={found.version === savedVersion}
              onSaved={setSavedVersion}
            />
          )}
        </Loaded>
        <Fixed />
      </div>
    </ConsolePage>
  );
}

/** What the server is started with. */
function Fixed() {
  const { t } = useTranslation('console');
  const { data } = useDairy();
  if (!data) return null;
  return (
    <Card title={t('settings.fixed')}>
      <p className={styles['soft']}>{t('settings.fixedText')}</p>
      <dl className={styles['facts']}>
        <dt>{t('settings.cutoff')}</dt>
        <dd>{t('settings.cutoffValue', { time: formatTime(data.cutoffTime) })}</dd>
        <dt>{t('settings.currency')}</dt>
        <dd>{data.currency}</dd>
        <dt>{t('settings.timeZone')}</dt>
        <dd>{data.timeZone}</dd>
        <dt>{t('settings.payments')}</dt>
        <dd>{t(data.testPayments ? 'settings.testPayments' : 'settings.realPayments')}</dd>
      </dl>
    </Card>
  );
}
