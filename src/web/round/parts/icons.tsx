import { icon } from '../../ui/icons.tsx';

export const PinIcon = icon(
  <>
    <path d="M12 21s7-6.6 7-11.5A7 7 0 0 0 5 9.500C5 14.4 12 21 12 21z" />
    <circle cx="12" cy="9.5" r="2.5" />
  </>,
);
export const ListIcon = icon(<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01" />);
export const PhoneIcon = icon(
  <path d="M7 3.500h2.500l1.3 4-1.9 1.700a12 12 0 0 0 5.9 5.900l1.7-1.9 4 1.300V17a3 3 0 0 1-3.3 3A16 16 0 0 1 4 6.8 3 3 0 0 1 7 3.500z" />,
);
export const CloudOffIcon = icon(
  <path d="m4 4 16 16M8 6.500A6 6 0 0 1 17.5 10a4.5 4.5 0 0 1 2.5 7.500M16 19H7a5 5 0 0 1-1.5-9.7" />,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3.5 2" />
  </>,
);
