import { describe, expect, it } from 'vitest'
import { type Defaults, parseOptions } from './options.ts'

const defaults: Defaults = {
  tags: 2_000,
  rate: 1_000,
  items: 1,
  seconds: 60,
  'warm-up': 10,
  malformed: 0,
  entries: 1,
  zones: 10,
  vertices: 64,
  readers: 1,
  everything: 1,
  connections: 500,
}

describe('options', () => {
  it('are the defaults unless said otherwise', () => {
    const { stack, traffic, jsonFile } = parseOptions(['--rate', '10000', '--malformed', '0.1', '--embedded'], defaults)
    expect(stack).toMatchObject({ tags: 2_000, zones: 10, embedded: true, profileDir: undefined })
    expect(traffic).toMatchObject({ rate: 10_000, malformed: 0.1, windowMs: 60_000, warmUpMs: 10_000 })
    expect(jsonFile).toBeUndefined()
  })

  it.each([
    ['--rate', 'fast'],
    ['--malformed', '2'],
    ['--tags', ''],
    ['--seconds', 'NaN'],
  ])('refuse %s %s by name', (name, value) => {
    expect(() => parseOptions([name, value], defaults)).toThrow(name)
  })

  it('refuse what they do not know', () => {
    expect(() => parseOptions(['--speed', '9'], defaults)).toThrow('--speed')
  })
})
