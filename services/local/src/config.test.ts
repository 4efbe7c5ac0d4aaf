import { createServer } from 'node:net'
import { listen } from '@cordon/runtime'
import { describe, expect, it } from 'vitest'
import { parseArguments, readLocalConfig } from './config.ts'
import { findPorts } from './find-ports.ts'

describe('parseArguments', () => {
  it('starts the demonstration unless told not to', () => {
    expect(parseArguments([])).toEqual({ demo: true })
    expect(parseArguments(['--no-demo'])).toEqual({ demo: false })
  })

  it('refuses what it does not know, with the usage', () => {
    expect(() => parseArguments(['--demo=no'])).toThrow(/--demo=no is not known. Usage: npm start/)
  })
})

describe('readLocalConfig', () => {
  it('names every setting that cannot be used', () => {
    const env = { CORDON_HTTP_PORT: 'eighty', CORDON_ADMIN_TOKEN: 'short', CORDON_MQTT_URL: 'http://broker' }
    expect(() => readLocalConfig(env)).toThrow(/CORDON_MQTT_URL[\s\S]*CORDON_HTTP_PORT[\s\S]*CORDON_ADMIN_TOKEN/)
  })
})

describe('findPorts', () => {
  it('says which variable to change when a port is taken, and lets the operations port give way', async () => {
    const server = createServer()
    const taken = await listen(server, 0, '127.0.0.1')
    const at = (env: Record<string, string>) =>
      findPorts(readLocalConfig({ CORDON_HTTP_PORT: '0', CORDON_MQTT_PORT: '0', ...env }))
    await expect(at({ CORDON_HTTP_PORT: String(taken) })).rejects.toThrow(/set CORDON_HTTP_PORT to another/)
    await expect(at({ CORDON_MQTT_PORT: String(taken) })).rejects.toThrow(/set CORDON_MQTT_PORT to another/)
    await expect(at({ CORDON_OPS_PORT: String(taken) })).rejects.toThrow(/set CORDON_OPS_PORT to another/)
    const ports = await at({})
    expect(ports.ingestOps).not.toBe(ports.gatewayOps)
    await new Promise(resolve => server.close(resolve))
  })
})
