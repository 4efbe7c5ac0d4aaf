import { createServer } from 'node:net'
import { createError, isCordonError, listen, toError } from '@cordon/runtime'
import type { LocalConfig } from './config.ts'

export interface Ports {
  readonly http: number
  readonly mqtt: number
  readonly gatewayOps: number
  readonly ingestOps: number
}

const OPS_PORT = 9464

/**
 * The ports to use, all known to be free now. Those that people type are used as they were asked for or not at all
 * (`port-in-use`, naming the variable to change); the operations ports give way when nobody asked for one.
 */
export async function findPorts({ host, httpPort, mqttPort, mqttUrl, opsPort }: LocalConfig): Promise<Ports> {
  return {
    http: await wanted(host, httpPort, 'CORDON_HTTP_PORT'),
    mqtt: mqttUrl === undefined ? await wanted(host, mqttPort, 'CORDON_MQTT_PORT') : mqttPort,
    gatewayOps:
      opsPort === undefined ? await preferred(host, OPS_PORT) : await wanted(host, opsPort, 'CORDON_OPS_PORT'),
    ingestOps: await preferred(host, 0),
  }
}

async function wanted(host: string, port: number, variable: string): Promise<number> {
  try {
    return await probe(host, port)
  } catch (cause) {
    const detail = isCordonError(cause, 'port-in-use')
      ? `Port ${port} is in use: end what listens there, or set ${variable} to another.`
      : `Port ${port} on ${host} cannot be used (${toError(cause).message}): set ${variable} or CORDON_HOST to another.`
    throw createError('port-in-use', detail)
  }
}

const preferred = (host: string, port: number): Promise<number> => probe(host, port).catch(() => probe(host, 0))

async function probe(host: string, port: number): Promise<number> {
  const server = createServer()
  const found = await listen(server, port, host)
  await new Promise<void>(resolve => server.close(() => resolve()))
  return found
}
