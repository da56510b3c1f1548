// Which files may import which. test/architecture/walls.spec.ts plants a violation of each rule and fails for a rule
// without one, so add both together.

/** The other modules that a module may import. OPEN modules may import any module. Otherwise, use an event. */
const EDGES = {
  // Reports failed sign-ins, which have no event.
  user: ['audit'],
  product: [],
  dairy: [],
  cart: ['product'],
  order: ['cart', 'product', 'user'],
  // A subscription in cash asks how much its customer may owe.
  subscription: ['product', 'user', 'wallet', 'order', 'payment'],
  // What an admin reads about a run names the customers.
  generation: ['subscription', 'product', 'wallet', 'order', 'user'],
  payment: ['order', 'wallet'],
  // An adjustment by an admin checks that the user exists.
  wallet: ['user'],
  delivery: ['order', 'user'],
  // A route sheet shows, for each delivery, its order and customer, and is printed in the name of the dairy.
  manifest: ['dairy', 'delivery', 'order', 'user'],
  // Messages name the dairy, and what an order that was placed by hand contains.
  notification: ['dairy', 'order', 'user', 'wallet'],
  invoice: ['dairy', 'order', 'user'],
  // The report names products, and its PDF the dairy. The sum of all wallets corrects the one it counts.
  analytics: ['dairy', 'product', 'wallet'],
  audit: [],
  integration: [],
  // Sends the SMS that waited for the end of the quiet hours.
  scheduler: ['generation', 'invoice', 'notification', 'order', 'payment'],
};
const OPEN = ['reconciliation', 'operations'];

const INDEX = '^src/modules/[^/]+/index\\.ts$';
const SPEC = '\\.spec\\.ts$';

/** A package by name, found or not: 'node_modules/name/…' when it is installed, bare 'name' when it is not. */
const packages = (names) => `(^|node_modules/)(${names})(/|$)`;
const DYNAMO_SDK = '@aws-sdk/(client-dynamodb|lib-dynamodb|util-dynamodb)';

const edges = [
  ...Object.entries(EDGES).map(([name, reachable]) => ({
    name: `edges-of-${name}`,
    comment:
      `${name} may reach ${reachable.length > 0 ? `only ${reachable.join(', ')}` : 'no other module'}. ` +
      'Let the other module emit an event and react to it in *.subscribers.ts, or store a copy of the data you need. ' +
      'A new edge is a change of design: change EDGES here and walls.spec.ts together, and record why in docs/adr.',
    severity: 'error',
    from: { path: `^src/modules/${name}/` },
    to: { path: '^src/modules/', pathNot: `^src/modules/(${[name, ...reachable].join('|')})/` },
  })),
  {
    name: 'edges-of-a-new-module',
    comment:
      'This module is not in the EDGES table of .dependency-cruiser.js, so it may reach no other. ' +
      'Add it there and in walls.spec.ts.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/', pathNot: `^src/modules/(${[...OPEN, ...Object.keys(EDGES)].join('|')})/` },
    to: { path: '^src/modules/', pathNot: '^src/modules/$1/' },
  },
];

const indexes = [
  {
    name: 'only-through-index',
    comment:
      "Import a module through its index.ts: from '../product', not from a file inside it. " +
      'If index.ts does not export what you need, decide whether it is public; if it is, export it there.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/' },
    to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', INDEX] },
  },
  {
    name: 'only-through-index-from-outside',
    comment:
      'Outside src/modules, only app.module.ts and src/cli import modules, and only through index.ts. ' +
      'In main.ts, use app.module.ts.',
    severity: 'error',
    from: { path: '^src/(cli/|app\\.module\\.ts$)' },
    to: { path: '^src/modules/', pathNot: INDEX },
  },
  {
    name: 'only-the-wiring-knows-modules',
    comment:
      'Only app.module.ts and src/cli import modules. To run code at start, use a lifecycle hook of its own module ' +
      '(onApplicationBootstrap).',
    severity: 'error',
    from: { path: '^src/[^/]+$', pathNot: '^src/app\\.module\\.ts$' },
    to: { path: '^src/modules/' },
  },
];

/** The folders of src/platform. Each may import the folders before it in the list, but not those after it. */
const PLATFORM_FOLDERS = [
  ...[
    'config',
    'telemetry',
    'startup',
    'shutdown',
    'dynamo',
    'migration',
    'throttle',
    'events',
    'transaction',
    'queue',
    'storage',
    'pdf',
  ],
  ...['jobs', 'auth', 'openapi', 'http'],
];
const foundation = [
  ...PLATFORM_FOLDERS.map((folder, index) => ({
    name: 'platform-folders-have-an-order',
    comment:
      `platform/${folder} comes before the folder it imports in PLATFORM_FOLDERS of .dependency-cruiser.js. ` +
      'Move the shared code into the lower folder or into src/platform itself.',
    severity: 'error',
    from: { path: `^src/platform/${folder}/` },
    to: { path: `^src/platform/(${PLATFORM_FOLDERS.slice(index + 1).join('|') || '(?!)'})/` },
  })),
  {
    name: 'platform-folders-are-listed',
    comment:
      'This folder is not in PLATFORM_FOLDERS of .dependency-cruiser.js. Add it after the folders that it imports.',
    severity: 'error',
    from: { path: '^src/platform/([^/]+)/', pathNot: `^src/platform/(${PLATFORM_FOLDERS.join('|')})/` },
    to: { path: '^src/platform/[^/]+/', pathNot: '^src/platform/$1/' },
  },
];

const language = [
  {
    name: 'kernel-stands-alone',
    comment:
      'src/kernel holds value types that every module uses, and imports nothing else from src. Move the imported code ' +
      'into the kernel, or move this code to the module that owns it.',
    severity: 'error',
    from: { path: '^src/kernel/' },
    to: { path: '^src/', pathNot: '^src/kernel/' },
  },
  {
    name: 'events-speak-plainly',
    comment:
      'src/events is the published language: it imports only itself and the kernel. Give the field a plain type ' +
      '(a string for an instant or a date) instead of importing a type of the module.',
    severity: 'error',
    from: { path: '^src/events/' },
    to: { pathNot: '^src/(events|kernel)/' },
  },
  {
    name: 'events-are-types-only',
    comment:
      'src/events imports no values. Write `import type { … }`, and compute values where the event is emitted. ' +
      'The only exported value is EVENT_TYPES, the list of all types.',
    severity: 'error',
    from: { path: '^src/events/' },
    to: { path: '^src/kernel/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'platform-imports-only-kernel',
    comment:
      'src/platform is the technical foundation, without business terms: from src it imports only the kernel. Let the ' +
      'module register with the platform (a provider, a token, an option), or move this code into the module.',
    severity: 'error',
    from: { path: '^src/platform/' },
    to: { path: '^src/', pathNot: '^src/(platform|kernel)/' },
  },
];

const pure = [
  {
    name: 'domain-stays-pure',
    comment:
      'domain/ holds pure rules: it imports its own domain/, src/kernel, src/events and platform/errors, and types of ' +
      'other modules along an edge. No packages, Nest or Node built-ins. Take other values as arguments (`now` too), ' +
      'or move the code to a file of another layer (.service, .repository, adapters/).',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/domain/', pathNot: SPEC },
    to: {
      pathNot: [
        '^src/modules/$1/domain/',
        '^src/(kernel|events)/',
        '^src/platform/errors\\.ts$',
        '^src/modules/(?!$1/)[^/]+/index\\.ts$',
      ],
    },
  },
  {
    name: 'domain-takes-only-types-of-other-modules',
    comment:
      'The index.ts of another module loads the whole module. Write `import type { … }`, and call its code outside domain/.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/domain/', pathNot: SPEC },
    to: { path: '^src/modules/', pathNot: '^src/modules/$1/', dependencyTypesNot: ['type-only'] },
  },
];

const infrastructure = [
  {
    name: 'dynamo-only-in-repositories',
    comment:
      'Only *.schema.ts, *.repository.ts, platform/{dynamo,transaction,events} and src/cli use DynamoDB. Give the ' +
      'repository a method named for its purpose and call that. In *.module.ts, use the exports of platform/dynamo.',
    severity: 'error',
    from: {
      path: '^src/',
      pathNot: ['\\.(schema|repository)\\.ts$', '^src/platform/(dynamo|transaction|events)/', '^src/cli/'],
    },
    to: { path: packages(`dynamoose|nestjs-dynamoose|${DYNAMO_SDK}`) },
  },
  {
    name: 'aws-only-in-adapters',
    comment:
      "Only a module's adapters/ folder and platform/{queue,storage} use AWS clients other than DynamoDB's. " +
      'Put the call into an adapter with a name from the domain, and call that.',
    severity: 'error',
    from: { path: '^src/', pathNot: ['/adapters/', '^src/platform/(queue|storage)/'] },
    to: { path: packages('@aws-sdk/[^/]+'), pathNot: packages(DYNAMO_SDK) },
  },
  {
    name: 'stripe-only-in-payment-adapters',
    comment:
      'Only the adapters of the payment module call Stripe. Add what you need to the port (payment.gateway.ts) and ' +
      'implement it for the sandbox too.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/modules/payment/adapters/' },
    to: { path: packages('stripe') },
  },
];

const layers = [
  {
    name: 'edge-layers-skip-no-service',
    comment:
      'Controllers, DTOs and subscribers never touch a repository or a schema. ' +
      'Give the service a use case and call that, even if it is one line.',
    severity: 'error',
    from: { path: '^src/.*\\.(controller|dto|subscribers)\\.ts$' },
    to: { path: '\\.(repository|schema)\\.ts$' },
  },
  {
    name: 'only-controllers-know-dtos',
    comment:
      'A DTO describes HTTP and is used only by controllers and other DTOs. ' +
      'Let the service take and return a type of its domain/, which the DTO satisfies structurally.',
    severity: 'error',
    from: { path: '^src/', pathNot: '\\.(controller|dto|dto\\.spec)\\.ts$' },
    to: { path: '\\.dto\\.ts$' },
  },
];

const order = [
  {
    name: 'no-cycles',
    comment:
      'These files import each other in a cycle, types included. Move the shared code into the lower file ' +
      '(*.errors and *.status import nothing else of the module), or replace one direction by an event.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'Nothing imports this file, and it imports nothing. Use it or delete it.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: [
        '^src/main\\.ts$',
        '^src/cli/',
        '^src/web/(public/|[^/]+$)',
        '^test/',
        '^infra/[^/]+/[^/]+$',
        '\\.(spec|d)\\.m?ts$',
      ],
    },
    to: {},
  },
  {
    name: 'src-stands-alone',
    comment:
      'src is shipped and must not import test or infra. Move the shared code into src/platform, ' +
      'or make it configuration.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/web/' },
    to: { path: '^(test|infra)/' },
  },
  {
    name: 'web-uses-the-public-api',
    comment:
      'src/web runs in browsers: it imports only itself and the generated client (infra/client). Ask the API for what ' +
      'you need; if it cannot say, extend the API.',
    severity: 'error',
    from: { path: '^src/web/' },
    to: { path: '^(src|test|infra)/', pathNot: '^(src/web|infra/client)/' },
  },
  {
    name: 'web-stands-apart',
    comment: 'Nothing imports src/web: it is built by itself, and served as files.',
    severity: 'error',
    from: { pathNot: '^src/web/' },
    to: { path: '^src/web/' },
  },
  {
    name: 'everything-resolves',
    comment: 'This import does not resolve, so no other rule can check it. Correct the path, or install the package.',
    severity: 'error',
    from: { path: '^(src|test|infra)/' },
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: [...edges, ...indexes, ...foundation, ...language, ...pure, ...infrastructure, ...layers, ...order],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Anchored, because most packages have a dist/ too, and no rule checks an excluded import.
    exclude: { path: '^(dist|coverage|\\.local|infra/.*cdk\\.out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json', '.node'],
    },
  },
};
