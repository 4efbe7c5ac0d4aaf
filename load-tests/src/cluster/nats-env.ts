import type { NatsServer } from '@cordon/testkit'

export interface NatsEnvOptions {
  readonly servers: readonly NatsServer[]
  readonly partitions: number
}

/** Settings by which an ingest reads what tags sent from these servers. */
export const natsEnv = ({ servers, partitions }: NatsEnvOptions): Readonly<Record<string, string>> => ({
  CORDON_NATS_URL: servers.map(({ url }) => url).join(','),
  CORDON_NATS_USERNAME: servers[0]?.ingest.username ?? '',
  CORDON_NATS_PASSWORD: servers[0]?.ingest.password ?? '',
  CORDON_NATS_PARTITIONS: String(partitions),
  CORDON_NATS_REPLICAS: servers.length === 1 ? '1' : '3',
})

/** Settings by which any service reaches the live topics: at one server, as `mqtt://` has it. */
export const liveEnv = (server: NatsServer | undefined): Readonly<Record<string, string>> => ({
  CORDON_MQTT_URL: server?.mqttUrl ?? '',
  CORDON_MQTT_USERNAME: server?.live.username ?? '',
  CORDON_MQTT_PASSWORD: server?.live.password ?? '',
})
