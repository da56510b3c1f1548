import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface ActiveRowOptions {
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly keys: readonly string[];
}

/** The row that has the focus, or had it last: the only one that the Tab key reaches. */
export function useActiveRow({ body, indexOf, keys }: ActiveRowOptions) {
  const [activeKey, setActiveKey] = useState<string>();
  const takesFocus = useRef(false);
  const activeIndex = (activeKey === undefined ? undefined : indexOf.get(activeKey)) ?? 0;

  // Once the row is in the document.
  useEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    body.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`)?.focus({ preventScroll: true });
  }, [body, activeIndex]);

  const moveTo = (index: number) => {
    takesFocus.current = index !== activeIndex;
    setActiveKey(keys[index]);
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const index = rowIndexOf(target);
    if (index !== undefined) setActiveKey(keys[index]);
  };
  return { activeIndex, moveTo, onFocus };
}

/** The index of the row that an element is in. */
export function rowIndexOf(element: EventTarget | null): number | undefined {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset['index']) : undefined;
}

/** The row to which a key moves the focus. Undefined for other keys. */
export function targetOf({ key }: KeyboardEvent, from: number, count: number, rowsPerScreen: number) {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + rowsPerScreen,
    PageUp: from - rowsPerScreen,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}
