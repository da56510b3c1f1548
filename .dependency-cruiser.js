// Who may import whom. Each rule is planted and caught in test/architecture/walls.spec.ts: a rule without
// a planted violation there fails that test, so add both together.

/** Which other modules a module may import. Everything else goes by event; only OPEN modules may import any. */
const EDGES = {
  user: [],
  product: [],
  cart: ['product'],
  order: ['cart', 'product', 'user'],
  subscription: ['product', 'user', 'wallet', 'order'],
  generation: ['subscription', 'product', 'wallet', 'order'],
  payment: ['order', 'wallet'],
  // An admin adjusts the wallet of a user who exists.
  wallet: ['user'],
  delivery: ['order', 'user'],
  notification: ['user'],
  analytics: [],
  scheduler: ['generation', 'order', 'payment'],
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
      'Let the other module emit an event and react to it in *.subscribers.ts, or carry what you need in your own item. ' +
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
      "A module is reached through its index.ts: import from '../product', not from a file inside it. " +
      'If what you need is not exported there, ask whether it is public; if it is, export it from index.ts.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/' },
    to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', INDEX] },
  },
  {
    name: 'only-through-index-from-outside',
    comment:
      'Of src outside the modules, only app.module.ts and src/cli know modules, and only their index.ts. ' +
      'In main.ts, go through app.module.ts.',
    severity: 'error',
    from: { path: '^src/(cli/|app\\.module\\.ts$)' },
    to: { path: '^src/modules/', pathNot: INDEX },
  },
  {
    name: 'only-the-wiring-knows-modules',
    comment:
      'Only app.module.ts and src/cli import modules. Start what has to run from a lifecycle hook of its own module ' +
      '(onApplicationBootstrap), not from here.',
    severity: 'error',
    from: { path: '^src/[^/]+$', pathNot: '^src/app\\.module\\.ts$' },
    to: { path: '^src/modules/' },
  },
];

/** The folders of src/platform; each may import those before it, never those after it. */
const PLATFORM_FOLDERS = [
  ...['config', 'telemetry', 'startup', 'shutdown', 'dynamo', 'events', 'transaction', 'queue'],
  ...['jobs', 'auth', 'openapi', 'http'],
];
const foundation = [
  ...PLATFORM_FOLDERS.map((folder, index) => ({
    name: 'platform-folders-have-an-order',
    comment:
      `platform/${folder} comes before the folder it imports in PLATFORM_FOLDERS of .dependency-cruiser.js. ` +
      'Move what both need into the lower folder or into src/platform itself.',
    severity: 'error',
    from: { path: `^src/platform/${folder}/` },
    to: { path: `^src/platform/(${PLATFORM_FOLDERS.slice(index + 1).join('|') || '(?!)'})/` },
  })),
  {
    name: 'platform-folders-are-listed',
    comment: 'This folder is not in PLATFORM_FOLDERS of .dependency-cruiser.js. Add it after those that it imports.',
    severity: 'error',
    from: { path: '^src/platform/([^/]+)/', pathNot: `^src/platform/(${PLATFORM_FOLDERS.join('|')})/` },
    to: { path: '^src/platform/[^/]+/', pathNot: '^src/platform/$1/' },
  },
];

const language = [
  {
    name: 'kernel-stands-alone',
    comment:
      'src/kernel holds the values that every module speaks and imports nothing else of src. Move what it needs into ' +
      'the kernel, or move this code to the module that owns it.',
    severity: 'error',
    from: { path: '^src/kernel/' },
    to: { path: '^src/', pathNot: '^src/kernel/' },
  },
  {
    name: 'events-speak-plainly',
    comment:
      'src/events is the published language: it imports only itself and the kernel. Describe the field in the event ' +
      'with plain types (a string for an instant or a date) instead of importing the type of its owner.',
    severity: 'error',
    from: { path: '^src/events/' },
    to: { pathNot: '^src/(events|kernel)/' },
  },
  {
    name: 'events-are-types-only',
    comment:
      "src/events imports no values. Write `import type { … }`; make the event's values where it is emitted. " +
      'Its only value is EVENT_TYPES, the list of all types.',
    severity: 'error',
    from: { path: '^src/events/' },
    to: { path: '^src/kernel/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'platform-imports-only-kernel',
    comment:
      'src/platform is the technical foundation and knows no business word: of src it imports only the kernel. Let the ' +
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
      'other modules along an edge. No package, no Nest, no Node built-in. Take what you need as an argument (`now` ' +
      'too), or move the code to the file of its layer (.service, .repository, adapters/).',
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
      "The index.ts of another module loads all of it. Write `import type { … }`; call the module's code outside domain/.",
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/domain/', pathNot: SPEC },
    to: { path: '^src/modules/', pathNot: '^src/modules/$1/', dependencyTypesNot: ['type-only'] },
  },
];

const infrastructure = [
  {
    name: 'dynamo-only-in-repositories',
    comment:
      'DynamoDB is spoken only in *.schema.ts, *.repository.ts, platform/{dynamo,transaction,events} and src/cli. ' +
      'Give the repository a method named for the purpose and call that; in *.module.ts use what platform/dynamo exports.',
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
      "AWS clients other than DynamoDB's live in a module's adapters/ folder and in platform/queue. " +
      'Put the call into an adapter that says what it does in words of the trade, and call that.',
    severity: 'error',
    from: { path: '^src/', pathNot: ['/adapters/', '^src/platform/queue/'] },
    to: { path: packages('@aws-sdk/[^/]+'), pathNot: packages(DYNAMO_SDK) },
  },
  {
    name: 'stripe-only-in-payment-adapters',
    comment:
      'Only the adapters of the payment module speak to Stripe. Add what you need to the port (payment.gateway.ts), ' +
      'so that the sandbox does it too.',
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
      'Give the service a use case and call that, even when it is one line.',
    severity: 'error',
    from: { path: '^src/.*\\.(controller|dto|subscribers)\\.ts$' },
    to: { path: '\\.(repository|schema)\\.ts$' },
  },
  {
    name: 'only-controllers-know-dtos',
    comment:
      'A DTO is the shape of HTTP and ends at the controller (one DTO may be composed of others). ' +
      'Let the service take and return a type of its domain/, which the DTO happens to satisfy.',
    severity: 'error',
    from: { path: '^src/', pathNot: '\\.(controller|dto|dto\\.spec)\\.ts$' },
    to: { path: '\\.dto\\.ts$' },
  },
];

const order = [
  {
    name: 'no-cycles',
    comment:
      'These files import each other in a circle, types included. Move what both need into the lower one ' +
      '(*.errors and *.status know nothing of the rest), or turn one direction into an event.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment:
      'Nothing imports this file and it imports nothing: dead code is deleted the day it dies. Use it or delete it.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: ['^src/main\\.ts$', '^src/cli/', '^test/', '^infra/[^/]+/[^/]+$', '\\.(spec|d)\\.m?ts$'],
    },
    to: {},
  },
  {
    name: 'src-stands-alone',
    comment:
      'src is what is shipped: it knows neither test nor infra. Move what both need into src/platform, ' +
      'or make it configuration.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(test|infra)/' },
  },
  {
    name: 'everything-resolves',
    comment:
      'This import was not found, and a wall that cannot see where an import leads lets everything through. ' +
      'Correct the path, or install the package.',
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
    // Anchored: most packages keep their code in a dist/, and an excluded import is an import no rule sees.
    exclude: { path: '^(dist|coverage|\\.local|infra/.*cdk\\.out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json', '.node'],
    },
  },
};
