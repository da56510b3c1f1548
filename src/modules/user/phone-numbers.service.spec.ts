import { InvalidPhone, UnsupportedPhone } from './domain/user.errors';
import { PhoneNumbers } from './phone-numbers.service';
import type { UserSettings } from './user.settings';

describe('phone numbers', () => {
  const phonesIn = (defaultCountry: UserSettings['defaultCountry']) => new PhoneNumbers({ defaultCountry });
  const india = phonesIn('IN');

  it.each([
    ['in E.164 form', '+919812345678'],
    ['without a country code', '9812345678'],
    ['with a leading 0', '09812345678'],
    ['with spaces', ' 98123 45678 '],
    ['with a no-break space', '98123\u00A045678'],
    ['with hyphens', '+91-98123-45678'],
    ['with a long dash', '98123–45678'],
    ['with dots', '98123.45678'],
    ['with brackets', '(098123) 45678'],
    ['with a country code in brackets', '(+91) 98123 45678'],
    ['with a 0 in brackets after the country code', '+91 (0)98123 45678'],
    ['with 00 before the country code', '0091 98123 45678'],
    ['in Devanagari digits', '०९८१२३ ४५६७८'],
    ['in Arabic digits', '٩٨١٢٣ ٤٥٦٧٨'],
    ['in Persian digits', '۹۸۱۲۳ ۴۵۶۷۸'],
    ['in Tamil digits', '௯௮௧௨௩ ௪௫௬௭௮'],
    ['in full width', '＋９１　９８１２３－４５６７８'],
    ['with the marks of an address book', '\u202A+91 98123 45678\u202C'],
  ])('are read %s', (_, text) => {
    expect(india.parse(text)).toBe('+919812345678');
  });

  it.each([
    ['+44 7911 123456', '+447911123456'],
    ['+44 (0)7911 123456', '+447911123456'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['022 2757 6000', '+912227576000'],
  ])('of other countries and lines are read: %s', (text, number) => {
    expect(india.parse(text)).toBe(number);
  });

  it.each([
    ['too short', '+9100000'],
    ['one digit short', '+910981234567'],
    ['one digit long', '98123 456789'],
    ['of an unknown country', '+999 123456789'],
    ['of a range that is not assigned', '00000 00000'],
    ['an emergency number', '112'],
    ['with an extension', '98123 45678 ext. 5'],
    ['two numbers', '98123 45678, 98123 45679'],
    ['with words', 'call 98123 45678'],
    ['with letters', '98123 MILKY'],
    ['empty', ''],
  ])('are refused if %s', (_, text) => {
    expect(() => india.parse(text)).toThrow(InvalidPhone);
    expect(india.find(text)).toBeUndefined();
  });

  it.each([
    ['of a premium rate', '+449098790000'],
    ['of a premium rate in America', '+19002345678'],
    ['of a premium rate in every country', '+979123456789'],
    ['of a shared cost', '1860 123 4567'],
    ['of a company', '+445512345678'],
    ['that follow a person', '+447011234567'],
    ['of a pager', '+447640123456'],
    ['of satellite phones, Inmarsat', '+870301234567'],
    ['of satellite phones, Iridium', '+881612345678'],
    ['of a global network, 878', '+878101234567890'],
    ['of a global network, 882', '+8821612345678'],
    ['of a global network, 883', '+883510012345'],
    ['of a global service', '+80012345678'],
  ])('%s are refused, although they exist', (_, text) => {
    expect(() => india.parse(text)).toThrow(UnsupportedPhone);
    expect(india.find(text)).toBeUndefined();
  });

  it('without a country code are of the default country', () => {
    expect(phonesIn('GB').parse('07911 123456')).toBe('+447911123456');
    expect(phonesIn('DE').parse('01512 3456789')).toBe('+4915123456789');
    expect(phonesIn('GB').find('+91 98123 45678')).toBe('+919812345678');
    expect(phonesIn('US').find('98123 45678')).toBeUndefined();
  });

  it.each(['IN', 'GB', 'US'] as const)('that are refused get an example of %s that is accepted', (country) => {
    const phones = phonesIn(country);
    const [, national = '', international = ''] =
      /such as (.+) or (\+.+)$/.exec(messageOf(() => phones.parse('x'))) ?? [];
    expect(phones.parse(national)).toBe(phones.parse(international));
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidPhone) return error.errors.map(({ message }) => message).join();
  }
  return '';
}
