import { describe, expect, it } from 'vitest'
import { parseVerifyOptions } from './options.ts'

const good = ['--from', '2026-11-22', '--to', '2026-11-23T06:00:00+01:00']

describe('the options of verify-chain', () => {
  it('are a time, and perhaps anchors and JSON', () => {
    const period = { from: Date.UTC(2026, 10, 22), to: Date.UTC(2026, 10, 23, 5) }
    expect(parseVerifyOptions(good)).toEqual({ ...period, anchors: undefined, json: false })
    expect(parseVerifyOptions([...good, '--anchors', 'a.jsonl', '--json'])).toEqual({
      ...{ ...period, anchors: 'a.jsonl' },
      json: true,
    })
  })

  it.each([
    [[], '--from is missing: npm run verify-chain'],
    [good.slice(0, 2), '--to is missing'],
    [good.with(1, 'yesterday'), '--from takes an instant such as 2026-11-22 or 2026-11-22T06:00:00Z, not "yesterday"'],
    [good.with(3, '2026-11-22'), '--to has to be after --from: npm run verify-chain'],
    [[...good, '--quick'], '--quick'],
    [[...good, 'more'], 'more'],
  ])('%j are refused, with what is at fault', (args, reason) => {
    expect(() => parseVerifyOptions(args)).toThrow(reason)
  })
})
