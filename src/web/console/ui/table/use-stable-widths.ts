import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Keeps columns from becoming narrower while other rows scroll into view. A new width of the table starts afresh. */
export function useStableWidths(scroller: RefObject<HTMLElement | null>, isEnabled: boolean): void {
  const width = useRef(0);
  useLayoutEffect(() => {
    if (!isEnabled) return;
    const cells = headOf(scroller.current);
    const widths = cells.map(({ offsetWidth }) => offsetWidth);
    cells.forEach((cell, index) => (cell.style.minWidth = `${widths[index]}px`));
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element || !isEnabled) return undefined;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width.current) return;
      width.current = element.clientWidth;
      for (const cell of headOf(element)) cell.style.minWidth = '';
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, isEnabled]);
}

function headOf(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>('thead th') ?? [])];
}
