import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import styles from '../../ui/page.module.css';
import { TextField } from '../../ui/forms/text-field.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type Role, ROLES } from './queries.ts';

interface AddUserSheetProps {
  readonly role: Role;
  readonly onClose: () => void;
}

/** Adds a user, who gets an invitation to choose a password. */
export function AddUserSheet({ role: initialRole, onClose }: AddUserSheetProps) {
  const { t } = useTranslation(['console', 'translation']);
  const navigate = useNavigate();
  const [role, setRole] = useState(initialRole);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [address, setAddress] = useState('');
  const { mutate, isPending, error } = useAction(
    (body: Schemas['CreateUserRequest']) => bodyOf(api.POST('/admin/users', { body })),
    { changes: ['users'], onSuccess: ({ userId }) => navigate(`/customers/${userId}`) },
  );
  return (
    <Sheet title={t('customers.add')} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ role, name, email, ...(phone.trim() && { phone }), ...(address.trim() && { address }) });
        }}
      >
        <p className={styles['soft']}>{t('customers.addText')}</p>
        <TextField
          label={t('translation:field.name')}
          autoComplete="off"
          required
          value={name}
          error={fieldProblem(error, 'name')}
          onChange={setName}
        />
        <TextField
          label={t('translation:field.email')}
          type="email"
          autoComplete="off"
          required
          value={email}
          error={fieldProblem(error, 'email')}
          onChange={setEmail}
        />
        <TextField
          label={t('translation:field.phone')}
          type="tel"
          autoComplete="off"
          value={phone}
          error={fieldProblem(error, 'phone')}
          onChange={setPhone}
        />
        <Textarea
          label={t('translation:field.address')}
          autoComplete="off"
          rows={2}
          maxLength={300}
          size="md"
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
        <NativeSelect
          label={t('customers.role')}
          size="md"
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        <ActionError error={error} />
        <Button type="submit" size="md" loading={isPending}>
          {t('customers.addAction')}
        </Button>
      </form>
    </Sheet>
  );
}
