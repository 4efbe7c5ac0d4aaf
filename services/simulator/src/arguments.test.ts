import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments.ts'
import { readRunConfig } from './config.ts'

describe('parseArguments', () => {
  it('puts options over the environment, in either spelling', () => {
    const environment = { CORDON_SIMULATOR_SEED: '7', CORDON_SIMULATOR_INTERVAL: '1m' }
    const args = ['run', '--population=p.json', '--credentials', 'c.json', '--interval', '15s', '--demo-breaches']
    const parsed = parseArguments(args, environment)
    expect(parsed.command).toBe('run')
    const config = readRunConfig({ ...parsed.environment, CORDON_MQTT_URL: 'mqtt://localhost' })
    expect(config).toMatchObject({ seed: 7, interval: 15_000, population: 'p.json', credentials: 'c.json', speed: 1 })
    expect(config.demoBreaches).toBe(true)
  })

  it.each([
    [[]],
    [['fly']],
    [['run', '--zones', 'z.json']],
    [['population', '--demo-breaches']],
    [['run', '--seed']],
    [['run', '--seed', '--speed']],
    [['run', '--demo-breaches=true']],
    [['run', 'p.json']],
  ])('refuses %j with the usage', args => {
    expect(() => parseArguments(args, {})).toThrow(/Usage:/)
  })
})

describe('readRunConfig', () => {
  it('names every fault at once', () => {
    const environment = { CORDON_SIMULATOR_FAULTS: 'many', CORDON_SIMULATOR_SPEED: '0', CORDON_MQTT_URL: 'http://x' }
    expect(() => readRunConfig(environment)).toThrow(
      /POPULATION[\s\S]*CREDENTIALS[\s\S]*SPEED[\s\S]*FAULTS[\s\S]*usual,malformed=0\.1[\s\S]*CORDON_MQTT_URL/,
    )
  })
})
