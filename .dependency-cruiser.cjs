// Structure rules (docs/architecture.md). A layer may import itself and what stands below it.
const layers = [
  '^db/(?!seeds/|testing/)',
  '^server/(platform|workflow|calendar)/|^server/trpc/init\\.ts$',
  '^server/(identity|territory)/',
  '^server/(registers|facilities|drugs|devices|equipment|nomenclatures|workforce|procedures|payments|signatures|notifications)/',
  '^workflows/',
  '^server/(dossiers|documents|statistics|scheme|exchange|map|operations)/',
  '^server/(trpc/(?!init\\.ts$)|worker\\.ts|wiring\\.ts)',
  '^app/',
];

const tests = '\\.test\\.tsx?$|/testing/';
const pureFiles = '/(rules|policy|inputs)\\.ts$';
/** A module's own parts that read and write nothing: not its rows, its doors and what runs them. */
const ownParts = '^server/$1/(?!(records|router|jobs|index)\\.ts$|(commands|queries)/)';
/** Parts of the platform without I/O: rules, policies and inputs may stand on them. */
const purePlatform = '^server/platform/(actor|clock|errors|gs1|input|money|text|media-types|safe-json|safe-xml)\\.ts$';
/** Without I/O too: what proves a diagram walks the kernel itself. */
const kernel = '^server/workflow/kernel/index\\.ts$';
/** What processes and doors need of the platform besides its front door. */
const platformDoors =
  '^server/platform/(env|log|database|database-watch|file-access|readiness|draining|scan-files|outgoing|read-text)\\.ts$';
/** How procedures are declared: each module's router.ts builds on it. */
const routerBase = '^server/trpc/init\\.ts$';
const otherDoors = '^server/(exchange|map|trpc)/';
const pagesAndParts = '^app/(?!api/|_server/)';
/** Server actions and routes beside a page are doors: they come in through a module's front door, as the API does. */
const doorsBesidePages = '^app/.*/(actions|[a-z-]+-actions|route)\\.ts$';

const upward = layers.slice(0, -1).map((layer, index) => ({
  name: `layer-${index + 1}-imports-downward`,
  comment: 'imports point downward only',
  severity: 'error',
  from: { path: layer, pathNot: tests },
  to: { path: layers.slice(index + 1) },
}));

const doors = [
  ['pdf-lib', '^server/signatures/', 'node_modules/(@cantoo/(pdf-lib|fontkit)|pkijs/)'],
  ['next-auth', '^server/identity/', 'node_modules/(next-auth|openid-client)/'],
  ['second factors', '^server/identity/', 'node_modules/(otplib|@simplewebauthn)/'],
  ['bpmn', '^server/workflow/', 'node_modules/bpmn-(engine|elements|moddle)/'],
  ['dmn', '^server/(workflow|procedures)/', 'node_modules/(dmn-moddle|feelin)/'],
  ['graphile-worker', '^(server/worker\\.ts$|db/)', 'node_modules/graphile-worker/'],
  ['mail', '^server/notifications/', 'node_modules/nodemailer/'],
  ['argon2', '^server/(identity|signatures)/', 'node_modules/@node-rs/argon2/'],
].map(([name, door, library]) => ({
  name: `one-door-for-${name}`,
  comment: 'one module knows the library; the others ask that module',
  severity: 'error',
  from: { path: '^(server|app|workflows|db)/', pathNot: [door, tests] },
  to: { path: library },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...upward,
    ...doors,
    {
      name: 'front-door',
      comment: 'other modules only through their index.ts',
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: [tests, otherDoors] },
      to: {
        path: '^server/[^/]+/',
        pathNot: ['^server/$1/', '^server/[^/]+/index\\.ts$', kernel, routerBase, purePlatform, platformDoors],
      },
    },
    {
      name: 'front-door-for-other-doors',
      comment:
        'tRPC collects the routers; it, the exchange and the tiles of the map may show inputs and rules as pages do',
      severity: 'error',
      from: { path: '^server/(exchange|map|trpc)/', pathNot: tests },
      to: {
        path: '^server/[^/]+/',
        pathNot: [
          '^server/$1/',
          '^server/[^/]+/(index|inputs|rules|router)\\.ts$',
          routerBase,
          purePlatform,
          platformDoors,
        ],
      },
    },
    {
      name: 'front-door-from-outside',
      comment: 'workflows, worker and API routes come in through index.ts; inputs and rules are open to all',
      severity: 'error',
      from: { path: '^(workflows|app|server/[^/]+\\.ts$)', pathNot: tests },
      to: {
        path: '^server/[^/]+/',
        pathNot: ['^server/[^/]+/(index|inputs|rules)\\.ts$', '^server/trpc/', purePlatform, platformDoors],
      },
    },
    {
      name: 'pages-ask-the-caller',
      comment:
        'a page holds no rule and no query: it reads and writes through app/_server, and may import inputs.ts and rules.ts',
      severity: 'error',
      from: { path: pagesAndParts, pathNot: [tests, doorsBesidePages] },
      to: {
        path: '^server/',
        // exchange is a door itself: what it seals into an address, its own pages open
        pathNot: [
          '/(inputs|rules)\\.ts$',
          purePlatform,
          '^server/platform/(env|log)\\.ts$',
          '^server/exchange/index\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-never-touch-the-database',
      severity: 'error',
      from: { path: '^app/', pathNot: tests },
      to: {
        path: ['^db/', 'node_modules/(drizzle-orm|postgres|pg)/'],
        pathNot: '^db/enums/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'parts-know-no-module',
      severity: 'error',
      from: { path: '^app/_ui/', pathNot: tests },
      to: { path: ['^server/', '^db/', '^workflows/'], pathNot: [purePlatform, '^server/platform/log\\.ts$'] },
    },
    {
      name: 'pure-files-stay-pure',
      comment:
        'rules.ts, policy.ts and inputs.ts: zod, enums, the calendar and each other; time and ids come in as arguments',
      severity: 'error',
      from: { path: '^server/([^/]+)/(rules|policy|inputs)\\.ts$' },
      to: {
        pathNot: [pureFiles, ownParts, purePlatform, '^server/calendar/', '^db/enums/', 'node_modules/zod/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'production-code-imports-no-test-tool',
      severity: 'error',
      from: { path: '^(server|app|workflows|db)/', pathNot: [tests, '^db/testing/'] },
      to: { path: ['^db/testing/', 'node_modules/(vitest|fast-check|@playwright|axe-core)/', '^(scripts|bench|e2e)/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.data|artifacts|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
