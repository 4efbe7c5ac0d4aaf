import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createError, type RunningProcess, startProcess } from '@cordon/runtime'
import { inherited, serviceCommand } from '../services.ts'
import { readAttempt, writeWhole } from './attempt.ts'
import { isPopulation } from './population.ts'
import { createRegisterApi } from './register-api.ts'
import { seedDemo } from './seed-demo.ts'

export interface DemoOptions {
  readonly dataDir: string
  readonly base: string
  readonly adminToken: string
  readonly mqttUrl: string
  readonly onLine: (line: string) => void
  readonly given: AbortSignal
}

const WEARERS = 200
const SEED = 1

/** Makes the simulated wearers once, in the data folder and in the database, and starts the simulator. */
export async function startDemo(options: DemoOptions): Promise<RunningProcess> {
  const population = join(options.dataDir, 'demo-population.json')
  const credentials = join(options.dataDir, 'demo-credentials.json')
  if (!existsSync(credentials)) await prepare(options, population, credentials)
  const { command, args } = serviceCommand('simulator')
  return startProcess({
    name: 'simulator',
    command,
    args: [
      ...args,
      'run',
      ...['--population', population],
      ...['--credentials', credentials],
      ...['--seed', String(SEED)],
      ...['--interval', '15s'],
      '--troubles',
      '--demo-breaches',
    ],
    env: { ...inherited(), CORDON_MQTT_URL: options.mqttUrl, CORDON_LOG_LEVEL: 'warn' },
    isReady: () => Promise.resolve(true),
    onLine: options.onLine,
    ownGroup: true,
  })
}

async function prepare(options: DemoOptions, population: string, credentials: string): Promise<void> {
  const { base, adminToken: token, given } = options
  const { command, args } = serviceCommand('simulator')
  const words = ['population', '--seed', String(SEED), '--wearers', String(WEARERS), '--out', population]
  await promisify(execFile)(command, [...args, ...words], { env: inherited(), signal: given })
  const wearers: unknown = JSON.parse(readFileSync(population, 'utf8'))
  if (!isPopulation(wearers)) throw createError('start-failed', `${population} is not what the simulator writes`)
  const { attempt, from } = readAttempt(join(options.dataDir, 'demo-attempt.json'))
  const made = await seedDemo(createRegisterApi({ base, token, attempt, given }), wearers, from)
  // Its presence says that the wearers are in the database.
  writeWhole(credentials, made)
}
