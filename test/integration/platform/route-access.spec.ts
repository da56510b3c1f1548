import { Controller, Get, Post } from '@nestjs/common';
import { Access } from '../../../src/platform/auth/access';
import { AccessRuleCheck } from '../../../src/platform/auth/access-rule-check';
import { TestApp } from '../../support/test-app';

@Controller('cellar')
class CellarController {
  @Get('door')
  @Access('anyone')
  door(): object {
    return { open: true };
  }

  @Get('cheese')
  cheese(): object {
    return { wheels: 3 };
  }

  @Post('rats')
  rats(): object {
    return { rats: 0 };
  }
}

@Controller('attic')
@Access('COURIER', 'ADMIN')
class AtticController {
  @Get('hay')
  hay(): object {
    return { bales: 7 };
  }
}

describe('who may call a route', () => {
  afterEach(() => jest.restoreAllMocks());

  it('must be said: the program does not start without, and names the routes', async () => {
    await expect(TestApp.start({}, { controllers: [CellarController, AtticController] })).rejects.toThrow(
      'These routes do not say who may call them; give each an @Access(…): CellarController.cheese, CellarController.rats',
    );
  });

  it('may be said for all routes of a controller', async () => {
    const app = await TestApp.start({}, { controllers: [AtticController] });
    await app.as('COURIER').get('/attic/hay').expect(200);
    expect((await app.as('CUSTOMER').get('/attic/hay').expect(403)).body.code).toBe('auth.forbidden');
    expect((await app.http.get('/attic/hay').expect(401)).body.code).toBe('auth.unauthenticated');
    await app.stop();
  });

  it('is nobody as long as it is not said, even if the program had started', async () => {
    jest.spyOn(AccessRuleCheck.prototype, 'onModuleInit').mockImplementation();
    const app = await TestApp.start({}, { controllers: [CellarController] });
    await app.http.get('/cellar/door').expect(200);
    await app.http.get('/cellar/cheese').expect(401);
    for (const role of ['CUSTOMER', 'COURIER', 'ADMIN'] as const) {
      expect((await app.as(role).get('/cellar/cheese').expect(403)).body.code).toBe('auth.forbidden');
      await app.as(role).post('/cellar/rats').expect(403);
    }
    await app.stop();
  });
});
