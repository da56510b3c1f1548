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

// A copy of EDGES, so that a change of one of them by mistake fails.
const allowedEdges: Record<string, string[]> = {
  user: ['audit'],
  product: [],
  dairy: [],
  cart: ['product'],
  order: ['cart', 'product', 'user'],
  subscription: ['product', 'user', 'wallet', 'order', 'payment'],
  generation: ['subscription', 'product', 'wallet', 'order', 'user'],
  payment: ['order', 'wallet'],
  wallet: ['user'],
  delivery: ['order', 'user'],
  manifest: ['dairy', 'delivery', 'order', 'user'],
  notification: ['dairy', 'order', 'user', 'wallet'],
  invoice: ['dairy', 'order', 'user'],
  analytics: ['dairy', 'product', 'wallet'],
  audit: [],
  integration: [],
  scheduler: ['generation', 'invoice', 'notification', 'order', 'payment'],
};
const openModules = ['reconciliation', 'operations'];
const modules = [...Object.keys(allowedEdges), ...openModules];
const edgesOf = (name: string) => allowedEdges[name] ?? Object.keys(allowedEdges);

const importing = (...paths: string[]) => paths.map((path) => `import '${path}';\n`).join('');

/** A project with every kind of allowed import. */
const validProject: Files = {
  'src/main.ts': importing('./app.module'),
  'src/app.module.ts': importing(...modules.map((name) => `./modules/${name}`)),
  'src/cli/seed.ts': importing('../app.module', '../modules/product', '@aws-sdk/client-dynamodb'),
  'src/kernel/ids.ts': importing('ulid', 'node:crypto') + 'export type Id = string;\n',
  'src/kernel/money.ts': importing('./ids') + 'export type MinorUnits = number;\n',
  'src/kernel/calendar.ts': importing('temporal-polyfill') + 'export type Instant = string;\n',
  'src/platform/config/platform.settings.ts': 'export {};\n',
  'src/platform/clock.ts': importing('./config/platform.settings', '../kernel/calendar'),
  'src/platform/errors.ts': importing('../kernel/ids') + 'export class DomainError {}\n',
  'src/platform/http/filter.ts': importing('../errors', '@nestjs/common'),
  'src/platform/dynamo/client.ts': importing('dynamoose', 'nestjs-dynamoose', '@aws-sdk/lib-dynamodb'),
  'src/platform/transaction/transaction.ts': importing('../dynamo/client', '@aws-sdk/lib-dynamodb'),
  'src/platform/events/event-bus.ts': importing('../dynamo/client', '@aws-sdk/util-dynamodb'),
  'src/platform/queue/publisher.ts': importing('@aws-sdk/client-sqs', 'sqs-consumer'),
  'src/platform/storage/object-storage.service.ts': importing('@aws-sdk/client-s3'),
  'src/events/order.ts':
    "import type { Id } from '../kernel/ids';\nimport type { MinorUnits } from '../kernel/money';\n" +
    'export interface OrderPlaced { orderId: Id; amount: MinorUnits }\n',
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
      [`src/modules/${name}/${name}.dto.ts`, importing('./address.dto', `./domain/${name}`, 'class-validator')],
      [`src/modules/${name}/address.dto.ts`, importing('class-validator')],
      [`src/modules/${name}/${name}.subscribers.ts`, importing(`./${name}.service`, '../../platform/events/event-bus')],
      [
        `src/modules/${name}/${name}.service.ts`,
        importing(
          `./domain/${name}`,
          `./${name}.repository`,
          './adapters/mail',
          ...edgesOf(name).map((to) => `../${to}`),
        ),
      ],
      [`src/modules/${name}/adapters/mail.ts`, importing('@aws-sdk/client-sesv2')],
      [
        `src/modules/${name}/${name}.repository.ts`,
        importing(`./${name}.schema`, 'nestjs-dynamoose', '@aws-sdk/lib-dynamodb'),
      ],
      [`src/modules/${name}/${name}.schema.ts`, importing('dynamoose')],
      [
        `src/modules/${name}/domain/${name}.ts`,
        "import type { OrderPlaced } from '../../../events/order';\n" +
          edgesOf(name)
            .map((to) => `import type * as ${to} from '../../${to}';\nexport type { ${to} };\n`)
            .join('') +
          importing(`./${name}.status`, '../../../kernel/money', '../../../kernel/calendar') +
          'export type Placed = OrderPlaced;\n',
      ],
      [`src/modules/${name}/domain/${name}.status.ts`, importing(`./${name}.errors`)],
      [`src/modules/${name}/domain/${name}.errors.ts`, importing('../../../platform/errors', '../../../kernel/ids')],
      [`src/modules/${name}/domain/${name}.spec.ts`, importing(`./${name}`, 'fast-check')],
    ]),
  ),
  'src/modules/payment/adapters/card.ts': importing('stripe'),
  'src/web/vite.config.mts': importing('vite'),
  'src/web/shop/main.tsx': importing('./app.tsx', '../api/client.ts', 'react'),
  'src/web/shop/app.tsx': importing('./main.css', '@mantine/core'),
  'src/web/shop/main.css': '',
  'src/web/api/client.ts': importing('../../../infra/client/client.mts'),
  'src/web/sw.js': 'self.skipWaiting();\n',
  'infra/client/client.mts': importing('openapi-fetch'),
  'infra/local/start.mts': importing('node:child_process', './emulators.mts'),
  'infra/local/emulators.mts': 'export {};\n',
  'test/support/test-app.ts': importing(
    '../../src/app.module',
    '../../src/modules/order/order.repository',
    'supertest',
  ),
  'test/integration/order/place.spec.ts': importing('../../support/test-app'),
};

interface PlantedViolation {
  rule: string;
  plants: string;
  files: Files;
}

const importerFile = (from: string, to: string) => `src/modules/${from}/to-${to}.service.ts`;

/** An import from each module to each other module, allowed or not. */
const crossModuleImports: Files = Object.fromEntries(
  modules.flatMap((from) =>
    modules.filter((to) => to !== from).map((to) => [importerFile(from, to), importing(`../${to}`)]),
  ),
);

const violations: PlantedViolation[] = [
  {
    rule: 'edges-of-user',
    plants: 'a type of a module without an edge',
    files: {
      'src/modules/user/last-order.service.ts': "import type { Order } from '../order';\nexport type A = Order;\n",
    },
  },
  {
    rule: 'edges-of-a-new-module',
    plants: 'a module without an entry in EDGES',
    files: { 'src/modules/example/example.service.ts': importing('../order') },
  },
  {
    rule: 'only-through-index',
    plants: "a direct import of another module's service",
    files: { 'src/modules/cart/offer.service.ts': importing('../product/product.service') },
  },
  {
    rule: 'only-through-index',
    plants: 'a direct import in reconciliation',
    files: { 'src/modules/reconciliation/search.service.ts': importing('../order/domain/order') },
  },
  {
    rule: 'only-through-index-from-outside',
    plants: 'a direct import in a command',
    files: { 'src/cli/create-admin.ts': importing('../modules/user/user.repository') },
  },
  {
    rule: 'only-the-wiring-knows-modules',
    plants: 'a module in a file beside main',
    files: { 'src/roles.ts': importing('./modules/scheduler') },
  },
  {
    rule: 'kernel-stands-alone',
    plants: 'the platform in the kernel',
    files: { 'src/kernel/now.ts': importing('../platform/clock') },
  },
  {
    rule: 'kernel-stands-alone',
    plants: 'the type of an event in the kernel',
    files: {
      'src/kernel/lines.ts': "import type { OrderPlaced } from '../events/order';\nexport type Line = OrderPlaced;\n",
    },
  },
  {
    rule: 'events-speak-plainly',
    plants: 'a type of a module in an event',
    files: {
      'src/events/user.ts': "import type { User } from '../modules/user';\nexport type UserRegistered = User;\n",
    },
  },
  {
    rule: 'events-speak-plainly',
    plants: 'a type of the platform in an event',
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
    files: { 'src/events/wallet.ts': "import { newId } from '../kernel/ids';\nexport const id = newId;\n" },
  },
  {
    rule: 'platform-imports-only-kernel',
    plants: 'a module in the platform',
    files: { 'src/platform/http/guard.ts': importing('../../modules/user') },
  },
  {
    rule: 'platform-imports-only-kernel',
    plants: 'the event map in the queue',
    files: {
      'src/platform/queue/forward.ts':
        "import type { EventMap } from '../../events/event-map';\nexport type Forward = EventMap;\n",
    },
  },
  {
    rule: 'platform-imports-only-kernel',
    plants: 'the event map in the event bus',
    files: {
      'src/platform/events/outbox-relay.ts':
        "import type { EventMap } from '../../events/event-map';\nexport type Heard = EventMap;\n",
    },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'Nest in domain/',
    files: { 'src/modules/order/domain/price.ts': importing('@nestjs/common') },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'a Node built-in in domain/',
    files: { 'src/modules/order/domain/digest.ts': importing('node:crypto') },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'a type of a package in a transition table',
    files: {
      'src/modules/order/domain/return.status.ts':
        "import type { Observable } from 'rxjs';\nexport type R = Observable<1>;\n",
    },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'configuration in an errors file',
    files: { 'src/modules/order/domain/return.errors.ts': importing('../../../platform/config/platform.settings') },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'a repository in domain/',
    files: { 'src/modules/order/domain/refund.ts': importing('../order.repository') },
  },
  {
    rule: 'domain-stays-pure',
    plants: 'the clock in domain/',
    files: {
      'src/modules/order/domain/lead-time.ts':
        "import type { Clock } from '../../../platform/clock';\nexport type C = Clock;\n",
    },
  },
  {
    rule: 'domain-takes-only-types-of-other-modules',
    plants: 'a value of another module in domain/, along an edge',
    files: { 'src/modules/order/domain/line.ts': importing('../../product') },
  },
  ...[
    'dynamoose',
    'nestjs-dynamoose',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/util-dynamodb',
  ].map((name, at) => ({
    rule: 'dynamo-only-in-repositories',
    plants: `${name} in a service`,
    files: { [`src/modules/order/table-${at}.service.ts`]: importing(name) },
  })),
  {
    rule: 'dynamo-only-in-repositories',
    plants: 'a type of dynamoose in the queue',
    files: {
      'src/platform/queue/row.ts': "import type { Item } from 'dynamoose/dist/Item';\nexport type Row = Item;\n",
    },
  },
  {
    rule: 'dynamo-only-in-repositories',
    plants: 'dynamoose in a module file',
    files: { 'src/modules/order/table.module.ts': importing('nestjs-dynamoose') },
  },
  {
    rule: 'aws-only-in-adapters',
    plants: 'a mail client in a service',
    files: { 'src/modules/notification/mail.service.ts': importing('@aws-sdk/client-sesv2') },
  },
  {
    rule: 'aws-only-in-adapters',
    plants: 'a queue client in a repository',
    files: { 'src/modules/order/queue.repository.ts': importing('@aws-sdk/client-sqs') },
  },
  {
    rule: 'stripe-only-in-payment-adapters',
    plants: 'Stripe in a service of the payment module',
    files: { 'src/modules/payment/card.service.ts': importing('stripe') },
  },
  {
    rule: 'stripe-only-in-payment-adapters',
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
    plants: 'a repository in subscribers',
    files: { 'src/modules/order/track.subscribers.ts': importing('./order.repository') },
  },
  {
    rule: 'only-controllers-know-dtos',
    plants: 'a DTO in a service',
    files: { 'src/modules/order/report.service.ts': importing('./order.dto') },
  },
  {
    rule: 'only-controllers-know-dtos',
    plants: 'a DTO in the index of a module',
    files: {
      'src/modules/billing/index.ts': importing('./bill.dto'),
      'src/modules/billing/bill.dto.ts': 'export {};\n',
    },
  },
  {
    rule: 'no-cycles',
    plants: 'a cycle of type imports',
    files: {
      'src/modules/order/domain/hen.ts': "import type { Egg } from './egg';\nexport type Hen = { lays?: Egg };\n",
      'src/modules/order/domain/egg.ts': "import type { Hen } from './hen';\nexport type Egg = { hatches?: Hen };\n",
    },
  },
  {
    rule: 'platform-folders-have-an-order',
    plants: 'an import from openapi to http',
    files: { 'src/platform/openapi/decorators.ts': importing('../http/filter') },
  },
  {
    rule: 'platform-folders-are-listed',
    plants: 'a folder that is not in PLATFORM_FOLDERS',
    files: { 'src/platform/search/index-writer.ts': importing('../dynamo/client') },
  },
  {
    rule: 'no-orphans',
    plants: 'a file that is not imported',
    files: { 'src/platform/leftover.ts': 'export const leftover = 1;\n' },
  },
  {
    rule: 'src-stands-alone',
    plants: 'a test helper in src',
    files: { 'src/cli/simulate.ts': importing('../../test/support/test-app') },
  },
  {
    rule: 'src-stands-alone',
    plants: 'an emulator in src',
    files: { 'src/platform/emulators.ts': importing('../../infra/local/emulators.mts') },
  },
  {
    rule: 'web-uses-the-public-api',
    plants: 'a rule of the server in a browser app',
    files: { 'src/web/shop/price.tsx': importing('../../kernel/money') },
  },
  {
    rule: 'web-uses-the-public-api',
    plants: 'an emulator in a browser app',
    files: { 'src/web/shop/local.ts': importing('../../../infra/local/emulators.mts') },
  },
  {
    rule: 'web-stands-apart',
    plants: 'a page in the server',
    files: { 'src/cli/page.ts': importing('../web/shop/app.tsx') },
  },
  {
    rule: 'everything-resolves',
    plants: 'an import that does not resolve',
    files: { 'src/cli/lost.ts': importing('../platform/nowhere') },
  },
];

describe('the rules for imports', () => {
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

  it('accept every allowed import', () => {
    expect(clean.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(clean.modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(validProject)));
  });

  it.each(modules)('let %s import only the modules along its edges', (from) => {
    for (const to of modules.filter((name) => name !== from)) {
      const file = importerFile(from, to);
      const isAllowed = openModules.includes(from) || edgesOf(from).includes(to);
      const rules = isAllowed ? [] : [`edges-of-${from}`];
      expect({ file, rules: found({ [file]: '' }) }).toEqual({ file, rules });
    }
  });

  it.each(violations)('$rule catches $plants', ({ rule, files }) => {
    expect(found(files)).toEqual([rule]);
  });

  it('report only the planted violations', () => {
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
