import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { CodeField, guessOf } from '../../ui/forms/code-field.tsx';
import { Badge, Card } from '../../ui/page.tsx';
import styles from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { useAction } from '../../ui/use-action.ts';
import { PasswordForm } from './password-form.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';

/** Whether the admin has a second factor, with what sets it up or removes it. */
export function SecondFactorCard({ isActive }: { isActive: boolean }) {
  const { t } = useTranslation('console');
  const [open, setOpen] = useState<'setUp' | 'remove'>();
  const close = () => setOpen(undefined);
  return (
    <Card title={t('secondFactor.title')}>
      <p>
        <Badge tone={isActive ? 'good' : 'warn'}>{t(isActive ? 'secondFactor.on' : 'secondFactor.off')}</Badge>
      </p>
      <p className={styles['soft']}>{t('secondFactor.text')}</p>
      <div className={styles['actions']}>
        {isActive ? (
          <Button variant="subtle" color="red" onClick={() => setOpen('remove')}>
            {t('secondFactor.remove')}
          </Button>
        ) : (
          <Button variant="light" onClick={() => setOpen('setUp')}>
            {t('secondFactor.setUp')}
          </Button>
        )}
      </div>
      {open === 'setUp' && (
        <Sheet title={t('secondFactor.setUp')} onClose={close}>
          <SetUpSecondFactor onDone={close} />
        </Sheet>
      )}
      {open === 'remove' && (
        <Sheet title={t('secondFactor.remove')} onClose={close}>
          <Remove onDone={close} />
        </Sheet>
      )}
    </Card>
  );
}

function Remove({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useAction(
    (password: string) => bodyOf(api.DELETE('/user/mfa', { body: { password, ...guessOf(code) } })),
    { changes: ['profile'], onSuccess: onDone },
  );
  return (
    <>
      <p>{t('secondFactor.removeText')}</p>
      <PasswordForm action={t('secondFactor.remove')} color="red" isPending={isPending} error={error} onSubmit={mutate}>
        <CodeField value={code} onChange={setCode} />
      </PasswordForm>
    </>
  );
}
