import { Link } from 'react-router';
import styles from './tabs.module.css';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
}

/** The parts of a page, each with its own address. */
export function Tabs<T extends string>({ label, tabs, value }: TabsProps<T>) {
  return (
    <nav className={styles['tabs']} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.value}
          to={`?tab=${tab.value}`}
          className={styles['tab']}
          aria-current={tab.value === value ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
