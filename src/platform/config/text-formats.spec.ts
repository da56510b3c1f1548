import { HTTP_URL, isNetwork, isOrigin, TIME_ZONE } from './text-formats';

describe('a setting', () => {
  it.each([
    ['http://127.0.0.1:8000', true],
    ['https://api.shop.example/v1', true],
    ['localhost:8000', false],
    ['nonsense', false],
    ['http://', false],
    ['http://two words', false],
  ])('may be a URL: %s %s', (text, isValid) => expect(HTTP_URL.isValid(text)).toBe(isValid));

  it.each([
    ['https://shop.shop.example', true],
    ['http://localhost:5173', true],
    ['https://shop.shop.example/', false],
    ['shop.shop.example', false],
  ])('may be an origin: %s %s', (text, isValid) => expect(isOrigin(text)).toBe(isValid));

  it.each([
    ['10.0.0.7', true],
    ['10.0.0.0/16', true],
    ['fd00::/8', true],
    ['loopback', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/16/8', false],
    ['10.0.0.0/', false],
    ['nonsense', false],
  ])('may be a network: %s %s', (text, isValid) => expect(isNetwork(text)).toBe(isValid));

  it.each([
    ['Asia/Calcutta', true],
    ['Milky/Way', false],
  ])('may be a time zone: %s %s', (text, isValid) => expect(TIME_ZONE.isValid(text)).toBe(isValid));
});
