import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { listen } from '@cordon/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { readLocalConfig } from './config.ts'
import { findPorts, type Ports } from './find-ports.ts'

const HOST = '127.0.0.1'
const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(close => close()))
})

async function at(env: Record<string, string> = {}): Promise<Ports> {
  const ports = await findPorts(readLocalConfig({ CORDON_HTTP_PORT: '0', CORDON_MQTT_PORT: '0', ...env }))
  opened.push(() => ports.release())
  return ports
}

/** Somebody else's. */
async function take(port: number): Promise<number> {
  const server: Server = createServer()
  const taken = await listen(server, port, HOST)
  opened.push(() => new Promise(resolve => server.close(resolve)))
  return taken
}

describe('findPorts', () => {
  it('says which variable to change when a port is taken, and lets the operations port give way', async () => {
    const taken = await take(0)
    await expect(at({ CORDON_HTTP_PORT: String(taken) })).rejects.toThrow(/set CORDON_HTTP_PORT to another/)
    await expect(at({ CORDON_MQTT_PORT: String(taken) })).rejects.toThrow(/set CORDON_MQTT_PORT to another/)
    await expect(at({ CORDON_OPS_PORT: String(taken) })).rejects.toThrow(/set CORDON_OPS_PORT to another/)
    const ports = await at()
    expect(ports.ingestOps.number()).not.toBe(ports.gatewayOps.number())
  })

  it('holds every port until it is released, and cuts off who connects meanwhile', async () => {
    const ports = await at()
    for (const port of [ports.http, ports.mqtt, ports.gatewayOps, ports.ingestOps, ports.notifierOps]) {
      await expect(take(port.number())).rejects.toThrow(/is in use/)
      const socket = connect(port.number(), HOST)
      socket.on('error', () => undefined)
      await once(socket, 'close')
      await port.release()
      await port.release()
      expect(await take(port.number())).toBe(port.number())
    }
  })

  it('holds the same port again for a further attempt, and says so when it has gone meanwhile', async () => {
    const { http } = await at()
    const before = http.number()
    await http.release()
    await http.hold()
    await http.hold()
    expect(http.number()).toBe(before)
    await http.release()
    await take(before)
    await expect(http.hold()).rejects.toThrow(
      `Port ${before} is in use: end what listens there, or set CORDON_HTTP_PORT`,
    )
  })

  it('chooses another operations port for a further attempt when the first is taken', async () => {
    const { ingestOps } = await at()
    const before = ingestOps.number()
    await ingestOps.release()
    await take(before)
    await ingestOps.hold()
    expect(ingestOps.number()).not.toBe(before)
  })

  it('lets go of what it holds when one of the ports cannot be had', async () => {
    const free = await take(0)
    await opened.pop()?.()
    const taken = await take(0)
    await expect(at({ CORDON_HTTP_PORT: String(free), CORDON_MQTT_PORT: String(taken) })).rejects.toThrow(/MQTT/)
    expect(await take(free)).toBe(free)
  })
})
