/** The languages of messages and documents, as BCP 47 codes. */
export const LANGUAGES = ['en', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];
