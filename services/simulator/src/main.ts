import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createLifecycle, createLogger, type Environment, type Lifecycle, systemClock, toError } from '@cordon/runtime'
import { parseArguments } from './arguments.ts'
import { type RunConfig, readPopulationConfig, readRunConfig } from './config.ts'
import { createPopulation } from './people/create-population.ts'
import { readCredentials, readPopulation } from './people/read-files.ts'
import { type RunOptions, startRun } from './run.ts'
import { createTruthFile, noTruthFile } from './truth/create-truth-file.ts'

/** Below the two seconds in which the whole process should be gone. */
const STOP_TIMEOUT_MS = 900

function writePopulation(environment: Environment): void {
  const { seed, wearers, out } = readPopulationConfig(environment)
  const text = JSON.stringify(createPopulation(seed, wearers), null, 2)
  // Whole or not at all, for whoever waits for the file.
  writeFileSync(`${out}.part`, `${text}\n`)
  renameSync(`${out}.part`, out)
}

async function run(environment: Environment): Promise<void> {
  const config = readRunConfig(environment)
  const population = readPopulation(config.population)
  const credentials = readCredentials(config.credentials)
  const ca = config.mqttCaFile === undefined ? undefined : readFileSync(config.mqttCaFile, 'utf8')
  const logger = createLogger({ name: 'simulator', level: config.logLevel })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: STOP_TIMEOUT_MS })
  try {
    await startSimulator({ config, population, credentials, ca, logger, lifecycle })
  } catch (error) {
    await lifecycle.giveUp(error)
    throw error
  }
  await lifecycle.stopped
}

interface SimulatorParts extends Pick<RunOptions, 'population' | 'credentials' | 'logger'> {
  readonly config: RunConfig
  readonly ca: string | undefined
  readonly lifecycle: Lifecycle
}

async function startSimulator({ config, population, credentials, ca, logger, lifecycle }: SimulatorParts) {
  const path = config.truth
  const truth = await lifecycle.start('truth', () => (path === undefined ? noTruthFile : createTruthFile(path)))
  await lifecycle.start('tags', () =>
    startRun({
      ...{ config, population, credentials, truth, logger },
      broker: { url: config.mqttUrl, ca },
      clock: systemClock,
      random: Math.random,
    }),
  )
  logger.info(
    { wearers: population.wearers.length, intervalMs: config.interval },
    'the simulated wearers are out and about',
  )
}

try {
  const { command, environment } = parseArguments(process.argv.slice(2), process.env)
  if (command === 'population') writePopulation(environment)
  else await run(environment)
} catch (error) {
  process.stderr.write(`${toError(error).message}\n`)
  process.exitCode = 1
}
