import type { Line } from '../view/round-view.ts';
import styles from './line-list.module.css';

/** Products with their quantities, to be read from a distance. */
export function LineList({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className={styles['lines']}>
      {lines.map(({ productId, name, unit, qty }) => (
        <li key={`${productId} ${unit ?? ''}`}>
          <b>{qty} ×</b>
          <span>
            {name}
            {unit && <small> {unit}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
