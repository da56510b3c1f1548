import { Button, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { signOut } from '../../api/session.ts';
import { Appearance } from '../../ui/appearance.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { ProfileForm } from '../../ui/forms/profile-form.tsx';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useProfile } from '../../api/queries.ts';
import styles from '../../ui/page.module.css';

type Profile = Schemas['UserResponse'];
const KINDS = ['dailyConfirmations', 'deliveryProgress', 'lowBalance', 'invoices'] as const;

export default function AccountPage() {
  const { t } = useTranslation();
  const profile = useProfile();
  return (
    <Page title={t('account.title')}>
      <Loaded query={profile} rows={<Rows count={3} height={180} />}>
        {(found) => (
          <>
            <Details profile={found} />
            <Messages profile={found} />
          </>
        )}
      </Loaded>
      <Appearance>
        <p className={styles['soft']}>
          <Link to="/forgot-password">{t('account.changePassword')}</Link>
        </p>
      </Appearance>
      <Button variant="default" size="md" onClick={() => void signOut()}>
        {t('account.signOut')}
      </Button>
    </Page>
  );
}

function Details({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  return (
    <Card title={t('account.details')}>
      <p className={styles['soft']}>{profile.email}</p>
      <ProfileForm
        profile={profile}
        changes={['profile', 'subscriptions']}
        save={(body, header) => bodyOf(api.PATCH('/user/profile', { body, params: { header } }))}
      />
    </Card>
  );
}

function Messages({ profile: { notifications } }: { profile: Profile }) {
  const { t } = useTranslation();
  const { mutate, variables, isPending, error } = useAction(
    (preferences: Schemas['PreferencesRequest']) =>
      bodyOf(api.PATCH('/user/profile', { body: { notifications: preferences } })),
    { changes: ['profile'] },
  );
  // Shown at once, before the API has answered.
  const isOn = (kind: (typeof KINDS)[number], channel: 'email' | 'sms') =>
    (isPending ? variables.kinds?.[kind]?.[channel] : undefined) ?? notifications.kinds[kind][channel];
  return (
    <Card title={t('account.messages')}>
      {KINDS.map((kind) => (
        <fieldset key={kind} className={styles['row']}>
          <legend className={styles['strong']}>{t(`account.${kind}`)}</legend>
          <div className={styles['actions']}>
            {(['email', 'sms'] as const).map((channel) => (
              <Switch
                key={channel}
                label={t(`account.${channel}`)}
                checked={isOn(kind, channel)}
                onChange={({ currentTarget }) => mutate({ kinds: { [kind]: { [channel]: currentTarget.checked } } })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <ActionError error={error} />
    </Card>
  );
}
