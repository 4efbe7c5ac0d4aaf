import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBrokerAccess, readIngestConfig } from './config.ts'

const env = { CORDON_DATABASE_URL: 'postgres://u:p@h/d', CORDON_MQTT_URL: 'mqtts://broker:8883' }

describe('readIngestConfig', () => {
  it('has what the documentation says where nothing is set', () => {
    expect(readIngestConfig(env)).toMatchObject({
      ...{ mqttProtocol: '5', instance: 'ingest-1', receiveMaximum: 10_000, batchMessages: 5_000 },
      ...{ sessionExpiry: 7 * 86_400_000, opsHost: '127.0.0.1', opsPort: 9464, logLevel: 'info' },
    })
  })

  it('names every setting that cannot be used', () => {
    const wrong = { CORDON_MQTT_URL: 'http://broker', CORDON_MQTT_PROTOCOL: '3', CORDON_RECEIVE_MAXIMUM: '70000' }
    expect(() => readIngestConfig(wrong)).toThrow(
      /CORDON_DATABASE_URL[\s\S]*CORDON_MQTT_URL[\s\S]*CORDON_MQTT_PROTOCOL[\s\S]*CORDON_RECEIVE_MAXIMUM/,
    )
  })
})

describe('readBrokerAccess', () => {
  it('reads the authority’s certificate, and says which variable names a file that cannot be read', () => {
    const dir = mkdtempSync(join(tmpdir(), 'cordon-ca-'))
    const file = join(dir, 'ca.crt')
    writeFileSync(file, 'PEM')
    expect(readBrokerAccess(readIngestConfig({ ...env, CORDON_MQTT_CA_FILE: file }))).toMatchObject({ ca: 'PEM' })
    rmSync(dir, { recursive: true })
    expect(() => readBrokerAccess(readIngestConfig({ ...env, CORDON_MQTT_CA_FILE: file }))).toThrow(
      /CORDON_MQTT_CA_FILE.*ENOENT/,
    )
    expect(readBrokerAccess(readIngestConfig(env))).toEqual({
      ...{ url: 'mqtts://broker:8883', username: undefined, password: undefined, ca: undefined },
      ...{ cert: undefined, key: undefined },
    })
  })
})
