import { defineConfig } from 'vitest/config'

/** Everything is read from source, so that nothing has to be built before. */
const conditions = ['@cordon/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // What runs before all tests, the global set-up, is read in a place of its own.
  environments: { __vitest__: { resolve: { conditions, externalConditions: conditions } } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.{ts,tsx}', 'load-tests/src/**/*.test.ts'],
    globalSetup: ['packages/testkit/src/database-setup.ts'],
    // CI's machine is shared: a test with real processes may lose a race for the processor. Vitest marks what needed its second try.
    retry: process.env.CI === 'true' ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Every branch of what decides about people's liberty is held by a test: `npm run check:coverage`.
    coverage: {
      provider: 'v8',
      include: ['packages/{watch,geofence,hours}/src/**/*.ts'],
      exclude: ['**/*.{test,bench,fixture}.ts', '**/index.ts'],
      reporter: ['text-summary', ['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
  },
})
