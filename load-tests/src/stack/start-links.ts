import type { Lifecycle } from '@cordon/runtime'
import { createProxy, type Proxy } from './create-proxy.ts'
import type { RunningBroker } from './start-broker.ts'
import type { ServiceName } from './start-service.ts'

/** The pieces of network between the parts, each to be cut by itself. */
export interface Links {
  readonly ingestToBroker: Proxy
  readonly ingestToDatabase: Proxy
  readonly gatewayToBroker: Proxy
  readonly gatewayToDatabase: Proxy
}

/** A proxy on each way of the services, and the settings that lead them over it. */
export async function startLinks(
  lifecycle: Lifecycle,
  broker: RunningBroker,
  databaseUrl: string,
): Promise<{ readonly links: Links; readonly env: Readonly<Record<ServiceName, Readonly<Record<string, string>>>> }> {
  const { hostname: host, port } = new URL(databaseUrl)
  const proxy = (name: string, target: { readonly host: string; readonly port: number }) =>
    lifecycle.start(name, () => createProxy(target))
  const database = { host, port: Number(port) }
  const links: Links = {
    ingestToBroker: await proxy('ingest-broker', broker),
    ingestToDatabase: await proxy('ingest-database', database),
    gatewayToBroker: await proxy('gateway-broker', broker),
    gatewayToDatabase: await proxy('gateway-database', database),
  }
  const env = (toBroker: Proxy, toDatabase: Proxy) => ({
    CORDON_MQTT_URL: `mqtt://127.0.0.1:${toBroker.port}`,
    CORDON_DATABASE_URL: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: toDatabase.port }).href,
  })
  return {
    links,
    env: {
      ingest: env(links.ingestToBroker, links.ingestToDatabase),
      gateway: env(links.gatewayToBroker, links.gatewayToDatabase),
    },
  }
}
