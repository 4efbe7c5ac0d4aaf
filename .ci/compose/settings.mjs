// What docker-compose.yml sets, read as the services themselves read it: by the readers of their own config.ts, as built.
import { execFileSync } from 'node:child_process'
import { readGatewayConfig } from '../../services/gateway/dist/config.js'
import { readBrokerAccess, readIngestConfig, readNatsAccountsConfig } from '../../services/ingest/dist/config.js'
import { readNatsAccess } from '../../services/ingest/dist/source/nats-access.js'
import { readNotifierConfig } from '../../services/notifier/dist/config.js'

const READERS = {
  'services/gateway/dist/main.js': readGatewayConfig,
  'services/ingest/dist/main.js': readIngest,
  'services/ingest/dist/nats-accounts-main.js': readNatsAccountsConfig,
  'services/notifier/dist/main.js': readNotifierConfig,
}

/** With the certificates that it names, and the list of servers. */
function readIngest(env) {
  const config = readIngestConfig(env)
  readBrokerAccess(config)
  if (config.natsUrl !== undefined) readNatsAccess(config)
  return config
}

/** Faults of one service. `placeOf` says where a path of the container is in this tree, or undefined. */
export function checkSettings(name, service, placeOf) {
  const env = Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([variable, value]) => [variable, interpolate(String(value))]),
  )
  const lost = Object.entries(env).filter(([, value]) => value.startsWith('/') && placeOf(service, value) === undefined)
  const faults = lost.map(([variable, value]) => `${name}: ${variable} is ${value}, where nothing is mounted`)
  const reader = READERS[service.command?.at(-1)]
  return reader === undefined ? [...faults, ...checkNames(name, env)] : [...faults, ...checkRead(name, env, reader)]

  function checkRead(name, env, reader) {
    const asked = new Set()
    const local = new Proxy(env, {
      get: (all, variable) => {
        asked.add(variable)
        const value = all[variable]
        return value?.startsWith('/') ? (placeOf(service, value) ?? value) : value
      },
    })
    try {
      reader(local)
    } catch (error) {
      return [`${name}: ${error.message}`]
    }
    const unknown = Object.keys(env).filter(variable => !asked.has(variable))
    return unknown.map(variable => `${name}: ${variable} is no setting of it`)
  }
}

/** Programs that have no config.ts: the name has to stand in the code somewhere. */
function checkNames(name, env) {
  return Object.keys(env)
    .filter(variable => variable.startsWith('CORDON_') && !isInCode(variable.replace(/_FILE$/, '')))
    .map(variable => `${name}: nobody reads ${variable}`)
}

function isInCode(variable) {
  try {
    execFileSync('git', ['grep', '-q', variable, '--', 'packages/*.ts', 'services/*.ts', 'deploy/*.mjs'])
    return true
  } catch {
    return false
  }
}

/** `${NAME:-default}` without NAME. */
const interpolate = value => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')

/** Of the parts that belong together: one number of partitions, enough servers for the replicas, each name once. */
export function checkCluster(services) {
  const set = variable =>
    services.map(([, { environment }]) => environment?.[variable]).filter(value => value !== undefined)
  const servers = services.filter(([, { image }]) => image.startsWith('nats:')).length
  const faults = []
  if (new Set(set('CORDON_NATS_PARTITIONS')).size !== 1) faults.push('more than one number of partitions')
  if (set('CORDON_NATS_REPLICAS').some(count => Number(count) > servers)) faults.push('more replicas than servers')
  for (const variable of ['CORDON_INGEST_NAME', 'CORDON_GATEWAY_NAME', 'NATS_NAME']) {
    if (new Set(set(variable)).size !== set(variable).length) faults.push(`${variable}: two have the same`)
  }
  return faults.map(fault => `profile nats: ${fault}`)
}
