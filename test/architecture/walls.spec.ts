import { join } from 'node:path';
import { type Files, plantProject, repositoryRoot, runTool } from './planted-project';

interface CruiseResult {
  modules: { source: string }[];
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[];
    ruleSetUsed: { forbidden: { name: string }[] };
  };
}

function checkWalls(files: Files): CruiseResult {
  const { folder, remove } = plantProject(files);
  try {
    const args = ['--config', join(repositoryRoot, '.dependency-cruiser.js'), '--output-type', 'json'];
    return runTool<CruiseResult>(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      [...args, 'src', 'infra', 'test'],
      folder,
    );
  } finally {
    remove();
  }
}

// Said again here, not read from the rules: a wall moved by mistake has to be moved twice.
const moduleNames =
  'user product cart order subscription payment wallet delivery notification analytics admin scheduler';
const modules = moduleNames.split(' ');
const allowedEdges: Record<string, string[]> = {
  cart: ['product'],
  order: ['cart', 'product', 'user'],
  subscription: ['product', 'user', 'wallet', 'order'],
  payment: ['order', 'wallet'],
  delivery: ['order', 'user'],
  notification: ['user'],
  admin: modules.filter((name) => name !== 'admin'),
  scheduler: ['subscription', 'order', 'payment', 'delivery'],
};

const importing = (...paths: string[]) => paths.map((path) => `import '${path}';\n`).join('');

/** The house as it should be: every edge and every import that is allowed. */
const validProject: Files = {
  'src/main.ts': importing('./app.module'),
  'src/app.module.ts': importing(...modules.map((name) => `./modules/${name}`)),
  'src/cli/seed.ts': importing('../app.module', '../modules/product', '@aws-sdk/client-dynamodb'),
  'src/platform/config/config.ts': 'export {};\n',
  'src/platform/clock.ts': importing('./config') + 'export type Instant = string;\nexport class Clock {}\n',
  'src/kernel/ids.ts': "import type { Instant } from './clock';\nexport type Id = Instant;\n",
  'src/kernel/money.ts': importing('./ids') + 'export type Minor = number;\n',
  'src/kernel/calendar.ts': importing('./clock', 'temporal-polyfill'),
  'src/platform/errors.ts': 'export class DomainError {}\n',
  'src/kernel/roles.ts': 'export const ROLES = [];\n',
  'src/platform/http/filter.ts': importing('../errors', '@nestjs/common'),
  'src/platform/dynamo/client.ts': importing('dynamoose', 'nestjs-dynamoose', '@aws-sdk/lib-dynamodb'),
  'src/platform/events/event-bus.ts':
    "import type { EventMap } from '../../events/event-map';\nexport type { EventMap };\n" +
    importing('../dynamo/client', '@aws-sdk/util-dynamodb'),
  'src/platform/queue/publisher.ts': importing('@aws-sdk/client-sqs', 'sqs-consumer'),
  'src/events/order.ts':
    "import type { Id } from '../platform/ids';\nimport type { Minor } from '../platform/money';\n" +
    'export interface OrderPlaced { orderId: Id; amount: Minor }\n',
  'src/events/event-map.ts':
    "import type { OrderPlaced } from './order';\nexport interface EventMap { 'order.placed': OrderPlaced }\n",
  ...Object.fromEntries(
    modules.flatMap((name) => [
      [`src/modules/${name}/index.ts`, importing(`./${name}.module`, `./${name}.service`)],
      [
        `src/modules/${name}/${name}.module.ts`,
        importing(`./${name}.controller`, `./${name}.subscribers`, '@nestjs/common'),
      ],
      [`src/modules/${name}/${name}.controller.ts`, importing(`./${name}.dto`, `./${name}.service`)],
      [`src/modules/${name}/${name}.dto.ts`, importing('./address.dto', `./${name}`, 'class-validator')],
      [`src/modules/${name}/address.dto.ts`, importing('class-validator')],
      [`src/modules/${name}/${name}.subscribers.ts`, importing(`./${name}.service`, '../../platform/events/bus')],
      [
        `src/modules/${name}/${name}.service.ts`,
        importing(
          `./${name}`,
          `./${name}.repository`,
          './adapters/mail',
          ...(allowedEdges[name] ?? []).map((to) => `../${to}`),
        ),
      ],
      [`src/modules/${name}/adapters/mail.ts`, importing('@aws-sdk/client-sesv2')],
      [
        `src/modules/${name}/${name}.repository.ts`,
        importing(`./${name}.schema`, 'nestjs-dynamoose', '@aws-sdk/lib-dynamodb'),
      ],
      [`src/modules/${name}/${name}.schema.ts`, importing('dynamoose')],
      [
        `src/modules/${name}/${name}.ts`,
        "import type { Instant } from '../../platform/clock';\nimport type { OrderPlaced } from '../../events/order';\n" +
          importing(`./${name}.status`, '../../platform/money', '../../platform/calendar', '../../platform/roles') +
          'export type Told = [Instant, OrderPlaced];\n',
      ],
      [`src/modules/${name}/${name}.status.ts`, importing(`./${name}.errors`)],
      [`src/modules/${name}/${name}.errors.ts`, importing('../../platform/errors', '../../platform/ids')],
      [`src/modules/${name}/${name}.spec.ts`, importing(`./${name}`, 'fast-check')],
    ]),
  ),
  'src/modules/payment/adapters/card.ts': importing('stripe'),
  'infra/local/start.mts': importing('node:child_process', './parts.mts'),
  'infra/local/emulators.mts': 'export {};\n',
  'test/support/test-app.ts': importing(
    '../../src/app.module',
    '../../src/modules/order/order.repository',
    'supertest',
  ),
  'test/integration/order/place.spec.ts': importing('../../support/app'),
};

interface PlantedViolation {
  rule: string;
  plants: string;
  files: Files;
}

const importerFile = (from: string, to: string) => `src/modules/${from}/to-${to}.service.ts`;

/** Every edge that could be, allowed or not. */
const crossModuleImports: Files = Object.fromEntries(
  modules.flatMap((from) =>
    modules.filter((to) => to !== from).map((to) => [importerFile(from, to), importing(`../${to}`)]),
  ),
);

const violations: PlantedViolation[] = [
  {
    rule: 'edges-of-user',
    plants: 'a mere type from a module out of reach',
    files: {
      'src/modules/user/last-order.service.ts': "import type { Order } from '../order';\nexport type A = Order;\n",
    },
  },
  {
    rule: 'edges-of-a-new-module',
    plants: 'a module that nobody gave edges to',
    files: { 'src/modules/invoice/invoice.service.ts': importing('../order') },
  },
  {
    rule: 'through-the-face',
    plants: "another module's service past its index",
    files: { 'src/modules/cart/offer.service.ts': importing('../product/product.service') },
  },
  {
    rule: 'through-the-face',
    plants: 'admin past an index',
    files: { 'src/modules/admin/search.service.ts': importing('../order/order') },
  },
  {
    rule: 'through-the-face-from-outside',
    plants: 'a command past an index',
    files: { 'src/cli/create-admin.ts': importing('../modules/user/user.repository') },
  },
  {
    rule: 'only-the-wiring-knows-modules',
    plants: 'a module in a file beside main',
    files: { 'src/roles.ts': importing('./modules/scheduler') },
  },
  {
    rule: 'events-speak-plainly',
    plants: 'a type of its owner in an event',
    files: {
      'src/events/user.ts': "import type { User } from '../modules/user';\nexport type UserRegistered = User;\n",
    },
  },
  {
    rule: 'events-speak-plainly',
    plants: 'another type of the platform in an event',
    files: {
      'src/events/delivery.ts':
        "import type { DomainError } from '../platform/errors';\nexport type F = DomainError;\n",
    },
  },
  {
    rule: 'events-speak-plainly',
    plants: 'a package in an event',
    files: { 'src/events/product.ts': importing('class-validator') },
  },
  {
    rule: 'events-are-types-only',
    plants: 'a value in an event',
    files: { 'src/events/wallet.ts': "import { newId } from '../platform/ids';\nexport const id = newId;\n" },
  },
  {
    rule: 'platform-knows-no-module',
    plants: 'a module in the platform',
    files: { 'src/platform/http/guard.ts': importing('../../modules/user') },
  },
  {
    rule: 'platform-knows-no-module',
    plants: 'a module in the event bus',
    files: { 'src/platform/events/outbox-relay.ts': importing('../../modules/notification') },
  },
  {
    rule: 'only-platform-events-knows-events',
    plants: 'the event map in the queue',
    files: {
      'src/platform/queue/forward.ts':
        "import type { EventMap } from '../../events/event-map';\nexport type Forward = EventMap;\n",
    },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'Nest in the rules',
    files: { 'src/modules/order/price.ts': importing('@nestjs/common') },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'a Node built-in in the rules',
    files: { 'src/modules/order/digest.ts': importing('node:crypto') },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'the type of a package in a transition table',
    files: {
      'src/modules/order/return.status.ts': "import type { Observable } from 'rxjs';\nexport type R = Observable<1>;\n",
    },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'configuration in the errors',
    files: { 'src/modules/order/return.errors.ts': importing('../../platform/config') },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'the repository in the rules',
    files: { 'src/modules/order/refund.ts': importing('./order.repository') },
  },
  {
    rule: 'pure-files-stay-pure',
    plants: 'another module in the rules, along an edge',
    files: { 'src/modules/order/line.ts': importing('../product') },
  },
  {
    rule: 'pure-files-are-told-the-time',
    plants: 'the clock itself in the rules',
    files: { 'src/modules/order/lead-time.ts': "import { Clock } from '../../platform/clock';\nexport { Clock };\n" },
  },
  ...[
    'dynamoose',
    'nestjs-dynamoose',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/util-dynamodb',
  ].map((name, at) => ({
    rule: 'dynamo-in-its-place',
    plants: `${name} in a service`,
    files: { [`src/modules/order/table-${at}.service.ts`]: importing(name) },
  })),
  {
    rule: 'dynamo-in-its-place',
    plants: 'a mere type of dynamoose in the queue',
    files: {
      'src/platform/queue/row.ts': "import type { Item } from 'dynamoose/dist/Item';\nexport type Row = Item;\n",
    },
  },
  {
    rule: 'dynamo-in-its-place',
    plants: 'dynamoose in the wiring of a module',
    files: { 'src/modules/order/table.module.ts': importing('nestjs-dynamoose') },
  },
  {
    rule: 'aws-in-its-place',
    plants: 'a mail client in a service',
    files: { 'src/modules/notification/mail.service.ts': importing('@aws-sdk/client-sesv2') },
  },
  {
    rule: 'aws-in-its-place',
    plants: 'a queue client in a repository',
    files: { 'src/modules/order/queue.repository.ts': importing('@aws-sdk/client-sqs') },
  },
  {
    rule: 'stripe-in-its-place',
    plants: 'Stripe in the service beside its adapter',
    files: { 'src/modules/payment/card.service.ts': importing('stripe') },
  },
  {
    rule: 'stripe-in-its-place',
    plants: "Stripe in another module's adapter",
    files: { 'src/modules/wallet/adapters/card.ts': importing('stripe') },
  },
  {
    rule: 'edge-layers-skip-no-service',
    plants: 'a repository in a controller',
    files: { 'src/modules/order/track.controller.ts': importing('./order.repository') },
  },
  {
    rule: 'edge-layers-skip-no-service',
    plants: 'a schema in a DTO',
    files: { 'src/modules/order/track.dto.ts': importing('./order.schema') },
  },
  {
    rule: 'edge-layers-skip-no-service',
    plants: 'a repository in the subscribers',
    files: { 'src/modules/order/track.subscribers.ts': importing('./order.repository') },
  },
  {
    rule: 'only-controllers-know-dtos',
    plants: 'a DTO in a service',
    files: { 'src/modules/order/report.service.ts': importing('./order.dto') },
  },
  {
    rule: 'only-controllers-know-dtos',
    plants: 'a DTO on the face of a module',
    files: {
      'src/modules/billing/index.ts': importing('./bill.dto'),
      'src/modules/billing/bill.dto.ts': 'export {};\n',
    },
  },
  {
    rule: 'no-cycles',
    plants: 'two rules in a circle, by types alone',
    files: {
      'src/modules/order/hen.ts': "import type { Egg } from './egg';\nexport type Hen = { lays?: Egg };\n",
      'src/modules/order/egg.ts': "import type { Hen } from './hen';\nexport type Egg = { hatches?: Hen };\n",
    },
  },
  {
    rule: 'no-orphans',
    plants: 'a file that nobody knows',
    files: { 'src/platform/leftover.ts': 'export const leftover = 1;\n' },
  },
  {
    rule: 'src-stands-alone',
    plants: 'a test builder in src',
    files: { 'src/cli/simulate.ts': importing('../../test/support/app') },
  },
  {
    rule: 'src-stands-alone',
    plants: 'a local part in src',
    files: { 'src/platform/parts.ts': importing('../../infra/local/parts.mts') },
  },
  {
    rule: 'everything-resolves',
    plants: 'an import that leads nowhere',
    files: { 'src/cli/lost.ts': importing('../platform/nowhere') },
  },
];

describe('the walls', () => {
  let clean: CruiseResult;
  let planted: CruiseResult;
  beforeAll(() => {
    clean = checkWalls(validProject);
    planted = checkWalls(
      Object.assign({}, validProject, crossModuleImports, ...violations.map(({ files }) => files)) as Files,
    );
  }, 60_000);

  const found = (files: Files) => [
    ...new Set(planted.summary.violations.filter(({ from }) => from in files).map(({ rule }) => rule.name)),
  ];

  it('let every allowed import through', () => {
    expect(clean.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(clean.modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(validProject)));
  });

  it.each(modules)('let %s reach whom it may, and nobody else', (from) => {
    for (const to of modules.filter((name) => name !== from)) {
      const file = importerFile(from, to);
      const rules = allowedEdges[from]?.includes(to) ? [] : [`edges-of-${from}`];
      expect({ file, rules: found({ [file]: '' }) }).toEqual({ file, rules });
    }
  });

  it.each(violations)('$rule catches $plants', ({ rule, files }) => {
    expect(found(files)).toEqual([rule]);
  });

  it('find no fault with what stands beside a violation', () => {
    const violators = new Set(
      [crossModuleImports, ...violations.map(({ files }) => files)].flatMap((files) => Object.keys(files)),
    );
    expect(planted.summary.violations.filter(({ from }) => !violators.has(from))).toEqual([]);
  });

  it('have a planted violation for each rule', () => {
    const rules = planted.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    const caught = new Set(planted.summary.violations.map(({ rule }) => rule.name));
    expect(rules.filter((name) => !caught.has(name))).toEqual([]);
  });
});
