import type { ComponentProps } from 'react';
import styles from './big-button.module.css';

interface BigButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'main' | 'bad' | 'plain';
}

/** A button for a thumb in a glove. */
export function BigButton({ tone = 'main', ...props }: BigButtonProps) {
  return <button type="button" className={`${styles['button']} ${styles[tone]}`} {...props} />;
}
