import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './tiles.module.css';

export interface Tile {
  readonly key: string;
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: string | undefined;
  readonly tone?: 'bad' | undefined;
  /** The page that lists what the tile counts. */
  readonly to?: string | undefined;
}

/** Figures at a glance. Those with a page are links. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <ul className={styles['tiles']}>
      {tiles.map(({ key, to, tone, ...tile }) => (
        <li key={key} data-tone={tone}>
          {to ? (
            <Link to={to}>
              <Content {...tile} />
            </Link>
          ) : (
            <div>
              <Content {...tile} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Content({ label, value, hint }: Pick<Tile, 'label' | 'value' | 'hint'>) {
  return (
    <>
      <span className={styles['label']}>{label}</span>
      <span className={styles['value']}>{value}</span>
      {hint && <span className={styles['hint']}>{hint}</span>}
    </>
  );
}
