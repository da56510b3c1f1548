declare module 'fxa-common-password-list' {
  /** Whether a password is on the list of common ones, which is in lower case. */
  export function test(password: string): boolean;
}
