import {
  type Config,
  duration,
  type Environment,
  type Field,
  flag,
  int,
  logLevels,
  oneOf,
  optional,
  readConfig,
  text,
  url,
} from '@cordon/runtime'
import { FAULT_NAMES, type FaultRates, NO_FAULTS, parseFaultRates } from './faults/fault-rates.ts'

const seed = int('CORDON_SIMULATOR_SEED', { min: 0, max: 999_999_999, fallback: 1 })
const path = (variable: string) => text(variable, { maxLength: 4_096 })

const populationSpec = {
  seed,
  wearers: int('CORDON_SIMULATOR_WEARERS', { min: 1, max: 5_000, fallback: 200 }),
  out: path('CORDON_SIMULATOR_OUT'),
}

const runSpec = {
  seed,
  population: path('CORDON_SIMULATOR_POPULATION'),
  credentials: path('CORDON_SIMULATOR_CREDENTIALS'),
  interval: duration('CORDON_SIMULATOR_INTERVAL', { minMs: 1_000, maxMs: 3_600_000, fallbackMs: 15_000 }),
  speed: int('CORDON_SIMULATOR_SPEED', { min: 1, max: 10, fallback: 1 }),
  truth: optional(path('CORDON_SIMULATOR_TRUTH')),
  faults: faults('CORDON_SIMULATOR_FAULTS'),
  troubles: flag('CORDON_SIMULATOR_TROUBLES', false),
  demoBreaches: flag('CORDON_SIMULATOR_DEMO_BREACHES', false),
  mqttUrl: url('CORDON_MQTT_URL', { protocols: ['mqtt', 'mqtts'] }),
  mqttCaFile: optional(path('CORDON_MQTT_CA_FILE')),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

function faults(variable: string): Field<FaultRates> {
  return {
    variable,
    allowed: `none, usual, or either and some rates from 0 to 1 (${FAULT_NAMES.join(', ')}), as in usual,malformed=0.1`,
    parse: found => {
      const value = parseFaultRates(found)
      return value === undefined ? { ok: false } : { ok: true, value }
    },
    show: found => JSON.stringify(found.slice(0, 80)),
    fromFile: false,
    absent: { kind: 'value', value: NO_FAULTS },
  }
}

export type RunConfig = Config<typeof runSpec>
/** @throws ConfigError with every fault. */
export const readRunConfig = (env: Environment): RunConfig => readConfig(runSpec, env)
export const readPopulationConfig = (env: Environment): Config<typeof populationSpec> => readConfig(populationSpec, env)
