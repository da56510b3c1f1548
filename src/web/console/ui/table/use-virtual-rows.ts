import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef } from 'react';

/** Pixels. The real height of a row is measured; this is for rows that were not shown yet. */
const ROW_HEIGHT = 41;
/** Pixels that the head covers while it sticks to the top. */
const HEAD_HEIGHT = 40;
const OVERSCAN = 12;

export interface ShownRow {
  readonly index: number;
  /** Pixels without rows above this one. */
  readonly gap: number;
}

/**
 * Which rows are in the document: those in view, some around them, and always `kept`, because the focus would be lost
 * with its row.
 */
export function useVirtualRows(count: number, kept: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      return indexes.includes(kept) || kept >= count ? indexes : [...indexes, kept].sort((a, b) => a - b);
    },
    [kept, count],
  );
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    initialRect: { width: 0, height: 600 },
    rangeExtractor,
  });
  const items = virtualizer.getVirtualItems();
  const shown = items.map(({ index, start }, position): ShownRow => {
    return { index, gap: start - (items[position - 1]?.end ?? HEAD_HEIGHT) };
  });
  const gapBelow = virtualizer.getTotalSize() - (items.at(-1)?.end ?? HEAD_HEIGHT);
  const rowsPerScreen = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 2);
  return {
    scroller,
    shown,
    gapBelow,
    rowsPerScreen,
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index),
  };
}
