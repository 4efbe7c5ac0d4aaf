import { createLifecycle, createLogger, toError } from '@cordon/runtime'
import { openFolder } from './cluster/open-folder.ts'
import { CLUSTER_USAGE, type ClusterOptions, readClusterOptions } from './cluster/options.ts'
import { renderCluster } from './cluster/render-cluster.ts'
import { type ClusterParts, runCluster } from './cluster/run-cluster.ts'
import { renderThroughput } from './cluster/throughput/render-throughput.ts'
import { runThroughput } from './cluster/throughput/run-throughput.ts'
import { describeMachine, readMachine } from './report/machine.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)
const STOP_MS = 60_000

/**
 * `npm run cluster`: three NATS servers, one to four ingests and two gateways, and everything that can happen to them under load;
 * with `--quick` what is essential of it, with `--throughput` how much goes through and nothing happens.
 * Exits with 1 when anything was lost, doubled, out of order or not told, and with 2 when it was asked for something it does not know.
 */
async function main(options: ClusterOptions): Promise<void> {
  const machine = readMachine()
  const startedAt = Date.now()
  const logger = createLogger({ name: 'cluster', level: 'error' })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: STOP_MS })
  try {
    const { path: dir } = await lifecycle.start('folder', () => openFolder(options.dir))
    const parts = { options, dir, lifecycle, logger, say }
    const { text, checks } = options.isThroughput ? await throughput(parts) : await cluster(parts)
    process.stdout.write(`\n${describeMachine(machine)}\n${text}\n`)
    if (checks.some(({ isMet }) => !isMet)) process.exitCode = 1
  } finally {
    await lifecycle.stop('the run is over')
    say(`${Math.round((Date.now() - startedAt) / 1_000)} s`)
  }
}

async function cluster(parts: ClusterParts) {
  const result = await runCluster(parts)
  return { text: renderCluster(result), checks: result.checks }
}

async function throughput(parts: ClusterParts) {
  const result = await runThroughput(parts)
  return { text: renderThroughput(result), checks: result.checks }
}

function readOptions(): ClusterOptions {
  try {
    return readClusterOptions(process.argv.slice(2))
  } catch (error) {
    say(`${toError(error).message}\n${CLUSTER_USAGE}`)
    process.exit(2)
  }
}

await main(readOptions()).catch((error: unknown) => {
  say(toError(error).stack ?? String(error))
  process.exitCode = 1
})
// the clients of the gateways come back for ever
process.exit()
