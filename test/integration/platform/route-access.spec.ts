import { Controller, Get, Post } from '@nestjs/common';
import { Access } from '../../../src/platform/auth/access';
import { AccessRuleCheck } from '../../../src/platform/auth/access-rule-check';
import { TestApp } from '../../support/test-app';

@Controller('unprotected')
class UnprotectedController {
  @Get('public')
  @Access('anyone')
  openToAll(): object {
    return { open: true };
  }

  @Get('read')
  read(): object {
    return { items: 3 };
  }

  @Post('write')
  write(): object {
    return { items: 0 };
  }
}

@Controller('protected')
@Access('COURIER', 'ADMIN')
class ProtectedController {
  @Get('items')
  items(): object {
    return { items: 7 };
  }
}

describe('the access of a route', () => {
  afterEach(() => jest.restoreAllMocks());

  it('must be declared: otherwise the program does not start, and names the routes', async () => {
    await expect(TestApp.start({}, { controllers: [UnprotectedController, ProtectedController] })).rejects.toThrow(
      'These routes have no access rule. Add @Access(…) to each: UnprotectedController.read, UnprotectedController.write',
    );
  });

  it('may be declared for all routes of a controller', async () => {
    const app = await TestApp.start({}, { controllers: [ProtectedController] });
    await app.as('COURIER').get('/protected/items').expect(200);
    expect((await app.as('CUSTOMER').get('/protected/items').expect(403)).body.code).toBe('auth.forbidden');
    expect((await app.http.get('/protected/items').expect(401)).body.code).toBe('auth.unauthenticated');
    await app.stop();
  });

  it('is denied to everyone while it is not declared', async () => {
    jest.spyOn(AccessRuleCheck.prototype, 'onModuleInit').mockImplementation();
    const app = await TestApp.start({}, { controllers: [UnprotectedController] });
    await app.http.get('/unprotected/public').expect(200);
    await app.http.get('/unprotected/read').expect(401);
    for (const role of ['CUSTOMER', 'COURIER', 'ADMIN'] as const) {
      expect((await app.as(role).get('/unprotected/read').expect(403)).body.code).toBe('auth.forbidden');
      await app.as(role).post('/unprotected/write').expect(403);
    }
    await app.stop();
  });
});
