import type { Environment } from '@cordon/runtime'

const COMMANDS = ['population', 'run'] as const
type Command = (typeof COMMANDS)[number]

const USAGE = `Usage:
  population --wearers N --out FILE [--seed N]
  run --population FILE --credentials FILE [--seed N] [--interval 15s] [--speed 1] [--truth FILE]
      [--faults none|usual|late=0.01,malformed=0.1] [--troubles] [--demo-breaches]

Each option can also be set as CORDON_SIMULATOR_OPTION, CORDON_SIMULATOR_DEMO_BREACHES=true for one.
run connects to CORDON_MQTT_URL (mqtt:// or mqtts://); CORDON_MQTT_CA_FILE names the PEM of a private authority.`

const OPTIONS: Readonly<Record<Command, readonly string[]>> = {
  population: ['seed', 'wearers', 'out'],
  run: ['population', 'credentials', 'seed', 'interval', 'speed', 'truth', 'faults'],
}
const FLAGS: Readonly<Record<Command, readonly string[]>> = { population: [], run: ['troubles', 'demo-breaches'] }

export interface Arguments {
  readonly command: Command
  /** The environment, with the options of the command line over it. */
  readonly environment: Environment
}

/** `--name value`, `--name=value` and flags become variables. @throws Error with the usage for whatever is not known. */
export function parseArguments(args: readonly string[], environment: Environment): Arguments {
  const [word, ...rest] = args
  const command = COMMANDS.find(known => known === word)
  if (command === undefined) throw refusal(word === undefined ? 'a command is missing' : `${word} is not a command`)
  const given: Record<string, string> = {}
  const words = rest.values()
  for (const option of words) {
    const [, name = '', , inline] = /^--([a-z-]+)(=(.*))?$/s.exec(option) ?? []
    if (FLAGS[command].includes(name) && inline === undefined) given[variableOf(name)] = 'true'
    else if (OPTIONS[command].includes(name)) given[variableOf(name)] = inline ?? valueAfter(option, words.next())
    else throw refusal(`${option} is not an option of ${command}`)
  }
  return { command, environment: { ...environment, ...given } }
}

function valueAfter(option: string, { done, value }: IteratorResult<string, undefined>): string {
  if (done === true || value.startsWith('--')) throw refusal(`${option} needs a value`)
  return value
}

const variableOf = (name: string) => `CORDON_SIMULATOR_${name.toUpperCase().replaceAll('-', '_')}`
const refusal = (why: string) => new Error(`${why}\n\n${USAGE}`)
