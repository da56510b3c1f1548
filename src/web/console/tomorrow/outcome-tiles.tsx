import { useTranslation } from 'react-i18next';
import { Tiles } from '../ui/figures/tiles.tsx';
import { BAD_OUTCOMES, RECORDED_OUTCOMES } from './outcomes.ts';

interface OutcomeTilesProps {
  readonly date: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** How many subscriptions of a date have each outcome, with links to them. */
export function OutcomeTiles({ date, counts }: OutcomeTilesProps) {
  const { t } = useTranslation('translation');
  const shown = RECORDED_OUTCOMES.filter((outcome) => outcome === 'ORDERED' || (counts[outcome] ?? 0) > 0);
  return (
    <Tiles
      tiles={shown.map((outcome) => ({
        key: outcome,
        label: t(`outcome.${outcome}`),
        value: counts[outcome] ?? 0,
        tone: BAD_OUTCOMES.includes(outcome) ? 'bad' : undefined,
        to: `/tomorrow?date=${date}&outcome=${outcome}`,
      }))}
    />
  );
}
