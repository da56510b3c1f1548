import { Button } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { signOut } from '../../api/session.ts';
import { answerStepUp, onStepUp, stepUpReason } from '../../api/step-up.ts';
import { CodeField, guessOf } from '../../ui/forms/code-field.tsx';
import styles from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useProfile } from '../queries.ts';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';

/** Asks for the code that a request needs. The request is then repeated. */
export function StepUpDialog() {
  const reason = useSyncExternalStore(onStepUp, stepUpReason);
  // Requests must not wait for a dialog that is gone, such as after the session has ended.
  useEffect(() => () => answerStepUp(false), []);
  if (!reason) return null;
  return reason === 'auth.step_up_required' ? <RecentCodeSheet /> : <SecondFactorSheet />;
}

const decline = () => answerStepUp(false);

/** Before a sensitive change. */
function RecentCodeSheet() {
  const { t } = useTranslation('console');
  return (
    <Sheet title={t('secondFactor.confirmTitle')} onClose={decline}>
      <p>{t('secondFactor.recentText')}</p>
      <VerifyCode />
    </Sheet>
  );
}

/** Without a second factor, or a code in this session, an admin can do nothing. */
function SecondFactorSheet() {
  const { t } = useTranslation('console');
  const profile = useProfile();
  const [isSettingUp, setSettingUp] = useState(false);
  if (isSettingUp) {
    return (
      <Sheet title={t('secondFactor.setUp')} onClose={decline}>
        <SetUpSecondFactor onDone={() => answerStepUp(true)} />
      </Sheet>
    );
  }
  return (
    <Sheet title={t('secondFactor.title')} onClose={decline}>
      <Loaded query={profile} rows={<Rows count={2} />}>
        {({ mfa }) =>
          mfa ? (
            <>
              <p>{t('secondFactor.sessionText')}</p>
              <VerifyCode />
            </>
          ) : (
            <>
              <p>{t('secondFactor.requiredText')}</p>
              <Button size="md" onClick={() => setSettingUp(true)}>
                {t('secondFactor.setUp')}
              </Button>
            </>
          )
        }
      </Loaded>
      <Button variant="subtle" onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Sheet>
  );
}

function VerifyCode() {
  const { t } = useTranslation('console');
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useAction(
    (text: string) => bodyOf(api.POST('/user/mfa/verify', { body: guessOf(text) })),
    // A code works once.
    { onSuccess: () => answerStepUp(true), isRepeatable: false },
  );
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(code);
      }}
    >
      <CodeField value={code} onChange={setCode} autoFocus />
      <ActionError error={error} />
      <Button type="submit" size="md" loading={isPending}>
        {t('secondFactor.confirm')}
      </Button>
    </form>
  );
}
