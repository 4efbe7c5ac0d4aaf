// The layers of the house, as rules. `node .ci/check-layers.mjs` holds the tree against them and, first, proves that each
// rule catches the import that it forbids.
//
// A folder imports only from lower ranks. A service imports packages, never another service.
const RANKS = [
  ['contract'],
  ['codec', 'geofence', 'hours', 'runtime'],
  ['watch', 'store', 'live', 'embedded', 'jetstream'],
]
const PURE = '^packages/(contract|codec|geofence|hours|watch)/src/'
/** Files that run in tests alone: tests, benches, what they share (`fixture`, src/testing), and the console's browser tests. */
const TESTS = '[.](test|bench|fixture)[.]tsx?$|/src/testing/|^services/console/browser/'
const TESTKIT = '^packages/testkit/'

const names = list => `^packages/(${list.join('|')})/`

/** Packages of one rank import neither their equals nor anything above them. */
function rankRules() {
  return RANKS.map((rank, index) => ({
    name: `rank-${index}`,
    comment: `Rank ${index} (${rank.join(', ')}) imports only lower ranks.`,
    severity: 'error',
    from: { path: names(rank) },
    to: {
      path: `${names(RANKS.slice(index).flat())}|^(services|load-tests)/`,
      // its own package ($1 is the name captured in `from`) is of course open to it
      pathNot: '^packages/$1/',
    },
  }))
}

/** `from` may not import `to`: both are regular expressions on the resolved path. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    ...rankRules(),
    forbid(
      'watch-knows-contract-and-geofence',
      'The engine can be re-run years later because it depends on nothing but the words and the geometry.',
      { path: '^packages/watch/', pathNot: TESTS },
      { path: '^(packages|services|load-tests)/', pathNot: '^packages/(watch|contract|geofence|hours)/' },
    ),
    forbid(
      'services-stand-alone',
      'Services meet over the broker, the database and HTTP, never by import.',
      { path: '^services/([^/]+)/' },
      { path: '^services/', pathNot: '^services/$1/' },
    ),
    forbid(
      'testkit-for-tests',
      'What tests share does not run in production.',
      { path: '^(packages|services)/', pathNot: [TESTKIT, TESTS] },
      { path: TESTKIT },
    ),
    forbid('tests-are-not-imported', 'Nothing that runs depends on a test.', { pathNot: TESTS }, { path: TESTS }),
    forbid(
      'testkit-below-services',
      'The test kit serves every service, so it knows none.',
      { path: TESTKIT },
      { path: '^(services|load-tests)/' },
    ),
    forbid(
      'load-tests-import-packages',
      'Load tests meet the services over their ports.',
      { path: '^load-tests/' },
      { path: '^services/' },
    ),
    forbid(
      'pg-in-store',
      'One package speaks SQL.',
      { path: '^(packages|services|load-tests)/', pathNot: '^packages/(store|testkit)/' },
      { path: '(^|/)node_modules/(@types/)?(pg|pg-[^/]+)/' },
    ),
    forbid(
      'simulator-knows-no-zone',
      'Simulated wearers must not be able to know what would catch them.',
      { path: '^services/simulator/' },
      { path: '^packages/(geofence|watch|store)/' },
    ),
    forbid(
      'console-imports-contract',
      'The web application shares the words with the server and nothing else.',
      { path: '^services/console/src/', pathNot: TESTS },
      { path: '^(packages|services|load-tests)/', pathNot: '^(packages/contract|services/console)/' },
    ),
    forbid(
      'browser-safe',
      'contract and console run in a browser.',
      { path: '^(packages/contract|services/console)/src/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'pure-no-node',
      'The same bytes, fixes and conditions give the same answer on any machine, in any year: no I/O.',
      { path: PURE, pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'pure-no-io-library',
      'Database, broker, socket and log are for the packages and services round the pure ones.',
      { path: PURE, pathNot: TESTS },
      { path: '(^|/)node_modules/(pg|pg-[^/]+|mqtt|mqtt-packet|aedes|ws|pino|prom-client|fastify|@fastify)/' },
    ),
    forbid(
      'contract-imports-schema-library',
      'Whoever imports the words imports typebox and nothing more.',
      { path: '^packages/contract/src/', pathNot: TESTS },
      { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/typebox/' },
    ),
    forbid(
      'no-development-dependency',
      'The container is built without development dependencies.',
      { path: '^(packages|services)/[^/]+/src/', pathNot: ['^services/console/', TESTKIT, TESTS] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    ),
    forbid('no-cycle', 'Modules that need each other are one module.', {}, { circular: true }),
    forbid('resolvable', 'An import that leads nowhere hides what it would break.', {}, { couldNotResolve: true }),
    {
      name: 'no-orphan',
      comment: 'A module that imports nothing and that nobody imports does nothing.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [TESTS, '[.]d[.]ts$', '[.]config[.]ts$', '(^|/)(main|index|[a-z-]+-main)[.]tsx?$', '/scripts/'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(packages/[^/]+|services/[^/]+|load-tests)/dist/' },
    // also imports that only the compiler sees: a layer holds for types too
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@cordon/source', 'types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
}
