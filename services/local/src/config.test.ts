import { describe, expect, it } from 'vitest'
import { parseArguments, readLocalConfig } from './config.ts'

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
