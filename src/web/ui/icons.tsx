import type { ReactNode } from 'react';

/** An icon of 24 by 24 units, drawn in lines. */
export function icon(shape: ReactNode) {
  return function Icon({ size = 22 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {shape}
      </svg>
    );
  };
}

export const ShopIcon = icon(
  <path d="M9 2h6v3l1.6 3.2c.3.5.4 1 .4 1.6V20a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9.8c0-.6.1-1.1.4-1.6L9 5zM7 13h10" />,
);
export const CalendarIcon = icon(
  <>
    <rect x="3" y="5" width="18" height="16" rx="3" />
    <path d="M3 10h18M8 3v4M16 3v4" />
  </>,
);
export const WalletIcon = icon(
  <>
    <path d="M4 7.5A2.5 2.5 0 0 1 6.5 5H17a2 2 0 0 1 2 2v1M4 7.5V17a3 3 0 0 0 3 3h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2H5" />
    <circle cx="16.5" cy="14" r="0.6" fill="currentColor" />
  </>,
);
export const OrdersIcon = icon(
  <>
    <path d="M12 3 3.5 7.5v9L12 21l8.5-4.5v-9z" />
    <path d="m3.5 7.5 8.5 4.5 8.5-4.5M12 12v9" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20.5c1.2-3.5 4-5 7.5-5s6.3 1.5 7.5 5" />
  </>,
);
export const CartIcon = icon(
  <>
    <path d="M3 4h2l2.3 11h10.4L20 7.5H6" />
    <circle cx="9" cy="19.5" r="1.3" />
    <circle cx="16.5" cy="19.5" r="1.3" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m20 20-4-4" />
  </>,
);
export const BackIcon = icon(<path d="m14.5 5.5-6.5 6.5 6.5 6.5" />);
export const NextIcon = icon(<path d="m9.5 5.5 6.5 6.5-6.5 6.5" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const MinusIcon = icon(<path d="M5 12h14" />);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const RepeatIcon = icon(<path d="M4 11a7 7 0 0 1 12-4l3 3M20 13a7 7 0 0 1-12 4l-3-3M19 5v5h-5M5 19v-5h5" />);
export const PauseIcon = icon(<path d="M9 5v14M15 5v14" />);
export const AlertIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5M12 16.2v.1" />
  </>,
);
