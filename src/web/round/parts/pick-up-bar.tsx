import { useTranslation } from 'react-i18next';
import { useRound } from '../round-context.tsx';
import { BigButton } from './big-button.tsx';
import { BottomBar } from './bottom-bar.tsx';

/** Reports all packed orders as picked up. */
export function PickUpBar() {
  const { t } = useTranslation('round');
  const { view, report } = useRound();
  const count = view.toLoad.filter(({ packed }) => packed).length;
  if (count === 0) return <BottomBar />;
  return (
    <BottomBar>
      <BigButton onClick={() => report.mutate({ type: 'pick up all' })}>{t('action.pickUpAll', { count })}</BigButton>
    </BottomBar>
  );
}
