import { createLogger, duration, logLevels, oneOf, readConfig, toError, url } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { parseRejudgeOptions } from './rejudge/options.ts'
import { runRejudge } from './rejudge/run-rejudge.ts'

const DAY_MS = 86_400_000

/**
 * `npm run rejudge -- --wearer W --from A --to B`: judges what is stored of a wearer again, by the zones, hours and policies that were
 * in force then, and shows for each judgement on record whether it comes out the same. Reads only. Ends with 0: all the same; 1: not;
 * 2: it could not be done.
 */
async function main(): Promise<number> {
  const options = parseRejudgeOptions(process.argv.slice(2))
  const config = readConfig(
    {
      databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }),
      nearMissesKept: duration('CORDON_NEAR_MISSES_KEPT', {
        ...{ minMs: DAY_MS, maxMs: 3_650 * DAY_MS, fallbackMs: 90 * DAY_MS },
      }),
      logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'warn'),
    },
    process.env,
  )
  const logger = createLogger({ name: 'rejudge', level: config.logLevel })
  const store = await openStore({ url: config.databaseUrl, applicationName: 'rejudge', poolSize: 2, logger })
  try {
    const print = (text: string) => void process.stdout.write(`${text}\n`)
    const nearMissesMs = config.nearMissesKept
    const isSame = await runRejudge(options, { store, logger, now: Date.now(), nearMissesMs, print })
    return isSame ? 0 : 1
  } finally {
    await store.close()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${toError(error).message}\n`)
  return 2
})
