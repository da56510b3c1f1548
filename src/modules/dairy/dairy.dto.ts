import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { VERSION } from '../../kernel/api-fields';
import type { LocalTime } from '../../kernel/calendar';
import { type Language, LANGUAGES } from '../../kernel/language';
import { ChoiceField, EmailField, emptiable, TextField, UrlField } from '../../platform/http/fields';
import type { Dairy } from './domain/dairy';

const NAME = { example: 'Sunrise Dairy', description: 'Name of the dairy, as messages and invoices show it.' };
const ADDRESS = { example: '1 Meadow Road, Pune 411001', description: 'Address of the dairy, for invoices.' };
const EMAIL = { example: 'help@sunrise.example', description: 'E-mail address at which customers get help.' };
const PHONE = { example: '+91 20 2612 3456', description: 'Phone number at which customers get help.' };
const TAX_ID = { example: '27AAPFU0939F1ZV', description: 'Tax registration that invoices show, such as a GSTIN.' };
const LOGO = { example: 'https://sunrise.example/logo.png', description: 'URL of the logo.' };
const LANGUAGE = {
  example: 'en',
  description: 'Language of messages and documents for customers who have chosen none.',
};

export class UpdateDairyRequest {
  @TextField({ ...NAME, max: 80, optional: true })
  name?: string;

  @TextField({ ...emptiable(ADDRESS), max: 300, multiline: true })
  address?: string | null;

  @EmailField(emptiable(EMAIL))
  email?: string | null;

  @TextField({ ...emptiable(PHONE), max: 40 })
  phone?: string | null;

  @TextField({ ...emptiable(TAX_ID), max: 40 })
  taxId?: string | null;

  @UrlField({ ...emptiable(LOGO), max: 500 })
  logo?: string | null;

  @ChoiceField(LANGUAGES, { ...LANGUAGE, optional: true })
  language?: Language;
}

export class DairyResponse {
  @ApiProperty(NAME) name!: string;
  @ApiProperty({ ...ADDRESS, type: String, nullable: true }) address!: string | null;
  @ApiProperty({ ...EMAIL, type: String, nullable: true }) email!: string | null;
  @ApiProperty({ ...PHONE, type: String, nullable: true }) phone!: string | null;
  @ApiProperty({ ...TAX_ID, type: String, nullable: true }) taxId!: string | null;
  @ApiProperty({ ...LOGO, type: String, nullable: true }) logo!: string | null;
  @ApiProperty({ ...LANGUAGE, enum: LANGUAGES }) language!: Language;
  @ApiProperty(VERSION) version!: number;

  static of(this: void, dairy: Dairy): DairyResponse {
    const { name, address = null, email = null, phone = null, taxId = null, logo = null, language, version } = dairy;
    return { name, address, email, phone, taxId, logo, language, version };
  }
}

interface DairyFacts {
  readonly currency: string;
  readonly timeZone: string;
  readonly cutoffTime: LocalTime;
  readonly testPayments: boolean;
  readonly stripePublishableKey: string | undefined;
}

export class PublicDairyResponse {
  @ApiProperty(NAME) name!: string;
  @ApiProperty({ ...ADDRESS, type: String, nullable: true }) address!: string | null;
  @ApiProperty({ ...EMAIL, type: String, nullable: true }) email!: string | null;
  @ApiProperty({ ...PHONE, type: String, nullable: true }) phone!: string | null;
  @ApiProperty({ ...LOGO, type: String, nullable: true }) logo!: string | null;
  @ApiProperty({ example: 'INR', description: 'ISO 4217 code of the currency of all amounts.' }) currency!: string;
  @ApiProperty({ example: 'Asia/Kolkata', description: 'IANA time zone of dates and times of day.' }) timeZone!: string;
  @ApiProperty({
    example: '21:00',
    description: 'Local time on the evening before a delivery until which subscribers can change it.',
  })
  cutoffTime!: string;
  @ApiProperty({
    example: true,
    description: 'Whether payments are simulated: no money moves, and `paymentToken` chooses the outcome of a charge.',
  })
  testPayments!: boolean;
  @ApiPropertyOptional({
    example: 'pk_live_51H8…',
    description:
      'Publishable key of Stripe, for its form in a browser. Absent if Stripe is not the gateway, or if no key is set.',
  })
  stripePublishableKey?: string;
  @ApiProperty({ ...LANGUAGE, enum: LANGUAGES }) language!: Language;
  @ApiProperty({
    enum: LANGUAGES,
    isArray: true,
    example: LANGUAGES,
    description: 'Languages that customers can choose, as BCP 47 codes.',
  })
  languages!: readonly Language[];

  static of(this: void, dairy: Dairy, facts: DairyFacts): PublicDairyResponse {
    const { name, address = null, email = null, phone = null, logo = null, language } = dairy;
    return { name, address, email, phone, logo, ...facts, language, languages: LANGUAGES };
  }
}
