import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { Appearance } from '../../ui/appearance.tsx';
import { Card } from '../../ui/page.tsx';
import { ProfileForm } from '../../ui/forms/profile-form.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { PasswordCard } from '../account/password-card.tsx';
import { SessionsCard } from '../account/sessions-card.tsx';
import { useProfile } from '../queries.ts';
import { SecondFactorCard } from '../second-factor/second-factor-card.tsx';
import { Columns } from '../ui/table/columns.tsx';
import { ConsolePage } from '../ui/page.tsx';

/** The admin's own account. */
export default function AccountPage() {
  const { t } = useTranslation(['console', 'translation']);
  const profile = useProfile();
  return (
    <ConsolePage title={t('account.title')} text={profile.data?.email}>
      <Loaded query={profile} rows={<Rows count={3} height={180} />}>
        {(found) => (
          <Columns
            left={
              <>
                <SecondFactorCard isActive={found.mfa} />
                <PasswordCard />
                <Appearance />
              </>
            }
            right={
              <>
                <SessionsCard />
                <Card title={t('translation:account.details')}>
                  <ProfileForm
                    profile={found}
                    changes={['profile', 'users', 'user']}
                    save={(body, header) => bodyOf(api.PATCH('/user/profile', { body, params: { header } }))}
                  />
                </Card>
              </>
            }
          />
        )}
      </Loaded>
    </ConsolePage>
  );
}
