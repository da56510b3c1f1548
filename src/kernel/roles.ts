/** The roles of users. */
export const ROLES = ['CUSTOMER', 'COURIER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];
