// Who listens where by its own configuration, and whether everybody who names an address means that.
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

const find = (file, pattern) => [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, port]) => Number(port))
const NATS_SITE = 'deploy/nats/compose/site.conf'

const LISTENERS = {
  timescale: () => [5432],
  'eclipse-mosquitto': () => find('deploy/mosquitto/site/listeners.conf', /^listener (\d+)/gm),
  nats: () => find(NATS_SITE, /^\s*(?:listen|http): [\d.]+:(\d+)$/gm),
  prom: () => [9090],
  grafana: () => [3000],
  cordon: ({ environment = {} }) => [environment.CORDON_HTTP_PORT, environment.CORDON_OPS_PORT].map(Number),
}

const listening = service => LISTENERS[service.image.split(/[:/]/)[0]]?.(service) ?? []
const ADDRESS = /\b([a-z]+):\/\/(?:[^\s@/]*@)?([\w-]+):(\d+)/g

/** Faults of the ports and addresses of all services. `made` is a folder with the secrets. */
export function checkPorts(compose, made) {
  const services = Object.entries(compose.services)
  const certificate = new X509Certificate(readFileSync(`${made}/broker/server/server.crt`))
  const hosts = new Map()
  for (const [name, service] of services) {
    const aliases = Array.isArray(service.networks) ? [] : Object.values(service.networks ?? {})
    for (const host of [name, ...aliases.flatMap(network => network?.aliases ?? [])])
      hosts.set(host, [...(hosts.get(host) ?? []), service])
  }
  const faults = []
  const checkAddress = (who, scheme, host, port) => {
    const found = hosts.get(host) ?? []
    if (found.length === 0) faults.push(`${who}: there is no ${host}`)
    for (const service of found)
      if (!listening(service).includes(Number(port))) faults.push(`${who}: ${host} does not listen on ${port}`)
    if (/^(mqtts|tls)$/.test(scheme) && certificate.checkHost(host) === undefined)
      faults.push(`${who}: the broker's certificate is not for ${host}`)
  }

  for (const [name, service] of services) {
    const own = listening(service)
    for (const [variable, value] of Object.entries(service.environment ?? {}))
      for (const [, scheme, host, port] of String(value).matchAll(ADDRESS))
        checkAddress(`${name}: ${variable}`, scheme, host, port)
    for (const [, port] of String(service.healthcheck?.test ?? '').matchAll(/127\.0\.0\.1[: ](\d+)/g))
      if (!own.includes(Number(port))) faults.push(`${name}: its health is asked for on ${port}`)
    for (const published of service.ports ?? [])
      if (!own.includes(Number(published.split(':').at(-1)))) faults.push(`${name}: publishes ${published}`)
  }
  for (const file of [NATS_SITE, `${made}/database-url`])
    for (const [, scheme, host, port] of readFileSync(file, 'utf8').matchAll(ADDRESS))
      checkAddress(file, scheme, host, port)
  for (const profile of new Set(services.flatMap(([, { profiles = [] }]) => profiles)))
    faults.push(...checkProfile(profile, services))
  return faults
}

/** What runs with a profile has ports of its own on the machine, and depends on nothing of another profile. */
function checkProfile(profile, services) {
  const own = services.filter(([, { profiles }]) => profiles?.includes(profile))
  const ports = own.flatMap(([, { ports = [] }]) => ports.map(port => /(\d+)\}?:\d+$/.exec(port)?.[1]))
  const there = new Set(services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name))
  for (const [name] of own) there.add(name)
  const lost = own.flatMap(([name, { depends_on: needs = {} }]) =>
    Object.keys(needs)
      .filter(other => !there.has(other))
      .map(other => `${name}: ${other} is not of profile ${profile}`),
  )
  return new Set(ports).size === ports.length ? lost : [...lost, `profile ${profile}: two publish one port`]
}
