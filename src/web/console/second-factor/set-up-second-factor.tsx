import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { CodeField } from '../../ui/forms/code-field.tsx';
import page from '../../ui/page.module.css';
import { ActionError } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { PasswordForm } from './password-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import styles from './second-factor.module.css';

/** Sets up a second factor: the password, the secret for the app, its first code, and the recovery codes. */
export function SetUpSecondFactor({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const queries = useQueryClient();
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>();
  const setUp = useAction((password: string) => bodyOf(api.POST('/user/mfa/setup', { body: { password } })));
  if (recoveryCodes) {
    const finish = () => {
      void queries.invalidateQueries({ queryKey: ['profile'] });
      onDone();
    };
    return <RecoveryCodes codes={recoveryCodes} onKept={finish} />;
  }
  if (setUp.data) return <ConfirmSecret secret={setUp.data} onConfirmed={setRecoveryCodes} />;
  return (
    <>
      <p>{t('secondFactor.setUpText')}</p>
      <PasswordForm
        action={t('secondFactor.next')}
        isPending={setUp.isPending}
        error={setUp.error}
        onSubmit={setUp.mutate}
      />
    </>
  );
}

interface ConfirmSecretProps {
  readonly secret: Schemas['SecondFactorSecretResponse'];
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}

function ConfirmSecret({ secret: { secret, uri }, onConfirmed }: ConfirmSecretProps) {
  const { t } = useTranslation('console');
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useAction(
    (text: string) => bodyOf(api.POST('/user/mfa/confirm', { body: { code: text.replaceAll(/\s/g, '') } })),
    // Only the first response has the recovery codes.
    { onSuccess: (answer) => onConfirmed(answer.recoveryCodes), isRepeatable: false },
  );
  return (
    <form
      className={page['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(code);
      }}
    >
      <p>{t('secondFactor.scan')}</p>
      <QRCodeSVG value={uri} size={208} marginSize={4} title={t('secondFactor.qrCode')} className={styles['qr']} />
      <p>
        {t('secondFactor.secret')} <code className={styles['secret']}>{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <p>
        <a href={uri}>{t('secondFactor.openApp')}</a>
      </p>
      <CodeField value={code} onChange={setCode} isDigits />
      <ActionError error={error} />
      <Button type="submit" size="md" loading={isPending}>
        {t('secondFactor.activate')}
      </Button>
    </form>
  );
}
