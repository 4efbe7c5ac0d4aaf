import { createError, isCordonError, listen, toError } from '@cordon/runtime'
import type { LocalConfig } from './config.ts'
import { createHeldPort, type HeldPort, type TakePort } from './held-port.ts'

export interface Ports {
  readonly http: HeldPort
  /** Not held when the broker is somebody else's. */
  readonly mqtt: HeldPort
  readonly gatewayOps: HeldPort
  readonly ingestOps: HeldPort
  readonly notifierOps: HeldPort
  /** Lets go of all that are still held. */
  release(): Promise<void>
}

const OPS_PORT = 9464

/**
 * The ports to use, each held until whoever is to listen there is about to. Those that people type are used as they were asked
 * for or not at all (`port-in-use`, naming the variable to change); the operations ports give way when nobody asked for one,
 * also when they are held again for a further attempt.
 */
export async function findPorts({ host, httpPort, mqttPort, mqttUrl, opsPort }: LocalConfig): Promise<Ports> {
  const ports = {
    http: createHeldPort(wanted(host, httpPort, 'CORDON_HTTP_PORT')),
    mqtt: createHeldPort(wanted(host, mqttPort, 'CORDON_MQTT_PORT')),
    gatewayOps: createHeldPort(
      opsPort === undefined ? preferred(host, OPS_PORT) : wanted(host, opsPort, 'CORDON_OPS_PORT'),
    ),
    ingestOps: createHeldPort(preferred(host, 0)),
    notifierOps: createHeldPort(preferred(host, 0)),
  }
  const release = async () => {
    await Promise.all(Object.values(ports).map(port => port.release()))
  }
  try {
    await ports.http.hold()
    if (mqttUrl === undefined) await ports.mqtt.hold()
    await ports.gatewayOps.hold()
    await ports.ingestOps.hold()
    await ports.notifierOps.hold()
  } catch (error) {
    await release()
    throw error
  }
  return { ...ports, release }
}

function wanted(host: string, asked: number, variable: string): TakePort {
  return async (server, last) => {
    const port = last ?? asked
    try {
      return await listen(server, port, host)
    } catch (cause) {
      const detail = isCordonError(cause, 'port-in-use')
        ? `Port ${port} is in use: end what listens there, or set ${variable} to another.`
        : `Port ${port} on ${host} cannot be used (${toError(cause).message}): set ${variable} or CORDON_HOST to another.`
      throw createError('port-in-use', detail)
    }
  }
}

const preferred =
  (host: string, liked: number): TakePort =>
  (server, last) =>
    listen(server, last ?? liked, host).catch(() => listen(server, 0, host))
