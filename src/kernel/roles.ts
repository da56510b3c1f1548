/** The roles of users. */
export const ROLES = ['CUSTOMER', 'COURIER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role is one of the people who work for the dairy. */
export function isStaff(role: Role): boolean {
  return role !== 'CUSTOMER';
}
