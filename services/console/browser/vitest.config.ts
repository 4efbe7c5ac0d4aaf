import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['@cordon/source'] },
  ssr: { resolve: { conditions: ['@cordon/source'], externalConditions: ['@cordon/source'] } },
  test: {
    root: import.meta.dirname,
    include: ['**/*.browser.ts'],
    // CI's machine is shared: a test with real processes may lose a race for the processor. Vitest marks what needed its second try.
    retry: process.env.CI === 'true' ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One browser at a time: WebGL in software takes a whole core.
    maxWorkers: 1,
    fileParallelism: false,
  },
})
