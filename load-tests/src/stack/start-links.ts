import type { Lifecycle } from '@cordon/runtime'
import { createProxy, type NetworkProxy } from './create-proxy.ts'
import type { RunningBroker } from './start-broker.ts'
import type { ServiceName } from './start-service.ts'

/** The pieces of network between the parts, each to be cut by itself. */
export interface Links {
  readonly ingestToBroker: NetworkProxy
  readonly ingestToDatabase: NetworkProxy
  readonly gatewayToBroker: NetworkProxy
  readonly gatewayToDatabase: NetworkProxy
  /** Of the program that looks what the database holds: it follows where the database goes. */
  readonly observerToDatabase: NetworkProxy
}

export interface RunningLinks {
  readonly links: Links
  readonly observerUrl: string
  /** What leads each service over them. */
  readonly env: Readonly<Record<ServiceName, Readonly<Record<string, string>>>>
}

/** A proxy on each way of the services, and the settings that lead them over it. */
export async function startLinks(
  lifecycle: Lifecycle,
  broker: RunningBroker,
  databaseUrl: string,
): Promise<RunningLinks> {
  const { hostname: host, port } = new URL(databaseUrl)
  const proxy = (name: string, target: { readonly host: string; readonly port: number }) =>
    lifecycle.start(name, () => createProxy(target))
  const database = { host, port: Number(port) }
  const links: Links = {
    ingestToBroker: await proxy('ingest-broker', broker),
    ingestToDatabase: await proxy('ingest-database', database),
    gatewayToBroker: await proxy('gateway-broker', broker),
    gatewayToDatabase: await proxy('gateway-database', database),
    observerToDatabase: await proxy('observer-database', database),
  }
  const over = ({ port: at }: NetworkProxy) =>
    Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: at }).href
  const env = (toBroker: NetworkProxy, toDatabase: NetworkProxy) => ({
    CORDON_MQTT_URL: `mqtt://127.0.0.1:${toBroker.port}`,
    CORDON_DATABASE_URL: over(toDatabase),
  })
  return {
    links,
    observerUrl: over(links.observerToDatabase),
    env: {
      ingest: env(links.ingestToBroker, links.ingestToDatabase),
      gateway: env(links.gatewayToBroker, links.gatewayToDatabase),
    },
  }
}
