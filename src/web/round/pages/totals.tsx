import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/page.tsx';
import { HandIn } from '../parts/hand-in.tsx';
import { LineList } from '../parts/line-list.tsx';
import { LoadList } from '../parts/load-list.tsx';
import { PickUpBar } from '../parts/pick-up-bar.tsx';
import { useRound } from '../round-context.tsx';

export function TotalsPage() {
  const { t } = useTranslation('round');
  const { round, view } = useRound();
  return (
    <>
      <h1>{t('totals.title')}</h1>
      {view.toLoad.length > 0 && <LoadList />}
      <HandIn />
      <Card title={t('totals.loadAll')}>
        <LineList lines={round.manifest.totals.load} />
      </Card>
      <PickUpBar />
    </>
  );
}
