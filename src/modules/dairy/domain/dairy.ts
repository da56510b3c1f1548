import type { Language } from '../../../kernel/language';

/** The dairy as its customers know it, in messages, invoices and documents. */
export interface Dairy {
  readonly name: string;
  readonly address?: string;
  /** Where customers ask for help. */
  readonly email?: string;
  readonly phone?: string;
  /** The tax registration that invoices must show, such as a GSTIN. */
  readonly taxId?: string;
  /** URL of a picture. */
  readonly logo?: string;
  /** For customers who have chosen no language. */
  readonly language: Language;
  readonly version: number;
}

/** New values. Undefined keeps a field, null empties it. */
export type DairyChange = Partial<Pick<Dairy, 'name' | 'language'>> & {
  readonly [field in 'address' | 'email' | 'phone' | 'taxId' | 'logo']?: string | null;
};

/** A dairy that has entered nothing yet. */
export const NEW_DAIRY: Dairy = { name: 'Milkround', language: 'en', version: 1 };
