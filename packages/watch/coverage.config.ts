import { defineConfig, mergeConfig } from 'vitest/config'
import shared from '../../vitest.config.ts'

/** Every branch of what decides about people's liberty is held by a test. */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      coverage: {
        enabled: true,
        provider: 'v8',
        include: ['packages/{watch,geofence,hours}/src/**/*.ts'],
        exclude: ['**/*.{test,bench,fixture}.ts', '**/index.ts'],
        reporter: ['text-summary', ['text', { skipFull: true }]],
        thresholds: { branches: 100 },
      },
    },
  }),
)
