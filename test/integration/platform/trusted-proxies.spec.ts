import { Controller, Get } from '@nestjs/common';
import { Access } from '../../../src/platform/auth/access';
import { ClientAddress } from '../../../src/platform/http/rate-limit';
import { TestApp } from '../../support/test-app';

@Controller('whence')
class ClientAddressController {
  @Get()
  @Access('anyone')
  address(@ClientAddress() address: string): object {
    return { address };
  }
}

/** Tests the client address of a request from 127.0.0.1 that claims to come from elsewhere. */
describe('a forwarded address', () => {
  let app: TestApp | undefined;
  afterEach(() => app?.stop());

  const addressOf = async (trustedProxies: string, forwarded: string) => {
    app = await TestApp.start({ TRUSTED_PROXIES: trustedProxies }, { controllers: [ClientAddressController] });
    const { body } = await app.http.get('/whence').set('X-Forwarded-For', forwarded).expect(200);
    return body.address as string;
  };

  it('is ignored when no proxy is trusted', async () => {
    expect(await addressOf('none', '192.0.2.1')).toBe('127.0.0.1');
  });

  it('is ignored from other addresses than the proxy', async () => {
    expect(await addressOf('10.0.0.0/8', '192.0.2.1')).toBe('127.0.0.1');
  });

  it('is used from the proxy, without the addresses that the client claimed', async () => {
    expect(await addressOf('127.0.0.1', '203.0.113.9, 192.0.2.1')).toBe('192.0.2.1');
  });

  it('is taken from the configured header of the proxy only', async () => {
    const gateway = { TRUSTED_PROXIES: '127.0.0.1', CLIENT_ADDRESS_HEADER: 'X-Client-Address' };
    app = await TestApp.start(gateway, { controllers: [ClientAddressController] });
    const request = () => app?.http.get('/whence').set('X-Forwarded-For', '203.0.113.9');
    const named = await request()?.set('X-Client-Address', '192.0.2.1').expect(200);
    expect(named?.body).toEqual({ address: '192.0.2.1' });
    const unnamed = await request()?.expect(200);
    expect(unnamed?.body).toEqual({ address: '127.0.0.1' });
  });

  it('is ignored in that header from other addresses than the proxy', async () => {
    const gateway = { TRUSTED_PROXIES: '10.0.0.0/8', CLIENT_ADDRESS_HEADER: 'X-Client-Address' };
    app = await TestApp.start(gateway, { controllers: [ClientAddressController] });
    const { body } = await app.http.get('/whence').set('X-Client-Address', '192.0.2.1').expect(200);
    expect(body).toEqual({ address: '127.0.0.1' });
  });

  it('does not bypass the login throttle', async () => {
    app = await TestApp.start({ RATE_LIMITS: 'on', TRUSTED_PROXIES: 'none' });
    const guess = (address: string) =>
      app?.http
        .post('/user/login', { email: 'unknown@example.com', password: 'wrong' })
        .set('X-Forwarded-For', address);
    for (let host = 1; host <= 10; host++) await guess(`192.0.2.${host}`)?.expect(401);
    await guess('192.0.2.11')?.expect(429);
  });
});
