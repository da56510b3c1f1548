import { addressHasher } from './address-hash';

describe('the hash of a client address', () => {
  const hashOf = addressHasher('a secret');

  it('is the same for the same address', () => {
    expect(hashOf('203.0.113.7')).toBe(addressHasher('a secret')('203.0.113.7'));
  });

  it('differs for another address and with another secret', () => {
    const hashes = [hashOf('203.0.113.7'), hashOf('203.0.113.8'), addressHasher('another secret')('203.0.113.7')];
    expect(new Set(hashes).size).toBe(3);
  });

  it('does not contain the address', () => {
    expect(hashOf('203.0.113.7')).toMatch(/^[\w-]{12}$/);
  });
});
