import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import { LANGUAGES } from '../../i18n/index.ts';
import styles from '../page.module.css';
import { TextField } from './text-field.tsx';
import { fieldProblem } from '../problem-text.ts';
import { ActionError, Notice } from '../states.tsx';
import { useAction } from '../use-action.ts';

type Change = Pick<Schemas['UpdateProfileRequest'], 'name' | 'phone' | 'address' | 'language'>;

interface ProfileFormProps {
  readonly profile: Schemas['UserResponse'];
  readonly save: (change: Change, header: { 'If-Match': string }) => Promise<unknown>;
  /** First parts of the query keys whose data changes. The first one is that of the profile. */
  readonly changes: readonly string[];
  /** Whether an admin changes the profile of another user. Then also the language of messages. */
  readonly isOfOther?: boolean;
}

/** Name, phone and address of a user. */
export function ProfileForm({ profile, save, changes, isOfOther = false }: ProfileFormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { version } = profile;
  const { mutate, isPending, isSuccess, error } = useAction(
    (change: Change) => save(change, { 'If-Match': String(version) }),
    { changes },
  );
  return (
    <Fields key={version} profile={profile} isOfOther={isOfOther} error={error} onSubmit={mutate}>
      <ActionError error={error} onReload={() => void queries.invalidateQueries({ queryKey: [changes[0]] })} />
      {isSuccess && <Notice tone="good">{t('common.saved')}</Notice>}
      <Button type="submit" loading={isPending}>
        {t('common.save')}
      </Button>
    </Fields>
  );
}

interface FieldsProps extends Required<Pick<ProfileFormProps, 'profile' | 'isOfOther'>> {
  readonly error: unknown;
  readonly onSubmit: (change: Change) => void;
  readonly children: ReactNode;
}

function Fields({ profile, isOfOther, error, onSubmit, children }: FieldsProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(profile.name);
  const [phone, setPhone] = useState(profile.phone ?? '');
  const [address, setAddress] = useState(profile.address ?? '');
  const [language, setLanguage] = useState<Change['language']>(profile.language);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({
          name,
          phone: phone.trim() || null,
          address: address.trim() || null,
          ...(isOfOther && { language: language ?? null }),
        });
      }}
    >
      <TextField
        label={t('field.name')}
        autoComplete={isOfOther ? 'off' : 'name'}
        required
        value={name}
        error={fieldProblem(error, 'name')}
        onChange={setName}
      />
      <TextField
        label={t('field.phone')}
        type="tel"
        autoComplete={isOfOther ? 'off' : 'tel'}
        value={phone}
        error={fieldProblem(error, 'phone')}
        onChange={setPhone}
      />
      <Textarea
        label={t('field.address')}
        autoComplete={isOfOther ? 'off' : 'street-address'}
        rows={3}
        maxLength={300}
        size="md"
        value={address}
        error={fieldProblem(error, 'address')}
        onChange={({ currentTarget }) => setAddress(currentTarget.value)}
      />
      {isOfOther && (
        <NativeSelect
          label={t('account.language')}
          size="md"
          value={language ?? ''}
          onChange={({ currentTarget }) => setLanguage((currentTarget.value || null) as Change['language'])}
          data={[
            { value: '', label: t('account.languageOfDairy') },
            ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
          ]}
        />
      )}
      {children}
    </form>
  );
}
