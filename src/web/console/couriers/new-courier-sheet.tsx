import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import page from '../../ui/page.module.css';
import { TextField } from '../../ui/forms/text-field.tsx';
import { fieldProblem } from '../../ui/problem-text.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';

interface NewCourierSheetProps {
  readonly onDone: (email: string) => void;
  readonly onClose: () => void;
}

/** Creates a courier, who gets an invitation by e-mail. */
export function NewCourierSheet({ onDone, onClose }: NewCourierSheetProps) {
  const { t } = useTranslation(['console', 'translation']);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const { mutate, isPending, error } = useAction(
    (person: { name: string; email: string; phone?: string }) =>
      bodyOf(api.POST('/admin/users', { body: { ...person, role: 'COURIER' } })),
    { changes: ['users'], onSuccess: (courier) => onDone(courier.email) },
  );
  return (
    <Sheet title={t('couriers.add')} onClose={onClose}>
      <p>{t('couriers.addText')}</p>
      <form
        className={page['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ name, email, ...(phone && { phone }) });
        }}
      >
        <TextField
          label={t('translation:field.name')}
          required
          value={name}
          error={fieldProblem(error, 'name')}
          onChange={setName}
        />
        <TextField
          label={t('translation:field.email')}
          type="email"
          required
          value={email}
          error={fieldProblem(error, 'email')}
          onChange={setEmail}
        />
        <TextField
          label={t('translation:field.phone')}
          type="tel"
          value={phone}
          error={fieldProblem(error, 'phone')}
          onChange={setPhone}
        />
        <ActionError error={error} />
        <div className={page['actions']}>
          <Button type="submit" loading={isPending}>
            {t('couriers.invite')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('translation:common.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
