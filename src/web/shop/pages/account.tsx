import { Button, Switch, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { signOut } from '../../api/session.ts';
import { chooseLanguage, type Language, LANGUAGES } from '../../i18n/index.ts';
import { Choice } from '../../ui/choice.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { ActionError, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { AddressField } from '../fields/address-field.tsx';
import { useProfile } from '../queries.ts';
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
            <Details key={found.version} profile={found} />
            <Messages profile={found} />
          </>
        )}
      </Loaded>
      <Appearance />
      <Button variant="default" size="md" onClick={() => void signOut()}>
        {t('account.signOut')}
      </Button>
    </Page>
  );
}

function Details({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(profile.name);
  const [phone, setPhone] = useState(profile.phone ?? '');
  const [address, setAddress] = useState(profile.address ?? '');
  const { mutate, isPending, isSuccess, error } = useAction(
    (body: Schemas['UpdateProfileRequest']) =>
      bodyOf(api.PATCH('/user/profile', { body, params: { header: { 'If-Match': String(profile.version) } } })),
    { changes: ['profile', 'subscriptions'] },
  );
  return (
    <Card title={t('account.details')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ name, phone: phone.trim() || null, address: address.trim() || null });
        }}
      >
        <p className={styles['soft']}>{profile.email}</p>
        <TextField
          label={t('field.name')}
          autoComplete="name"
          required
          value={name}
          error={fieldProblem(error, 'name')}
          onChange={setName}
        />
        <TextField
          label={t('field.phone')}
          type="tel"
          autoComplete="tel"
          value={phone}
          error={fieldProblem(error, 'phone')}
          onChange={setPhone}
        />
        <AddressField value={address} error={fieldProblem(error, 'address')} onChange={setAddress} />
        <ActionError error={error} onReload={() => void queries.invalidateQueries({ queryKey: ['profile'] })} />
        {isSuccess && <Notice tone="good">{t('common.saved')}</Notice>}
        <Button type="submit" loading={isPending}>
          {t('common.save')}
        </Button>
      </form>
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

function Appearance() {
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
      <p className={styles['soft']}>
        <Link to="/forgot-password">{t('account.changePassword')}</Link>
      </p>
    </Card>
  );
}
