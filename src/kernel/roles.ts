/** What somebody may be to the dairy. */
export const ROLES = ['CUSTOMER', 'COURIER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];
