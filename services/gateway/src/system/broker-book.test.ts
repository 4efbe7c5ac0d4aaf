import { describe, expect, it } from 'vitest'
import { createBrokerBook } from './broker-book.ts'

const MIB = 1_048_576

function aBook() {
  let elapsedMs = 5
  const book = createBrokerBook(() => elapsedMs)
  return {
    dropped: (value: number) => book.heard({ what: 'dropped', value }),
    holds: (mib: number) => book.heard({ what: 'stored-bytes', value: mib * MIB }),
    pass: (ms: number) => {
      elapsedMs += ms
    },
    told: () => book.findings().map(({ state, severity, detail }) => `${state} ${severity} ${detail}`),
  }
}

describe('a broker that throws messages away', () => {
  it('is told of for ten minutes after the last of them, with how many', () => {
    const { dropped, pass, told } = aBook()
    dropped(0)
    expect(told()).toEqual([])
    dropped(40)
    pass(10_000)
    dropped(70)
    expect(told()).toEqual([expect.stringMatching(/^down critical .* thrown away 70 messages/)])
    pass(600_000)
    expect(told()).toHaveLength(1)
    pass(1)
    expect(told()).toEqual([])
    dropped(71)
    expect(told()).toEqual([expect.stringContaining('thrown away 1 messages')])
  })

  it('is not told of for what was before this gateway, nor when its count begins anew', () => {
    const { dropped, told } = aBook()
    dropped(1_000)
    dropped(0)
    expect(told()).toEqual([])
    dropped(3)
    expect(told()).toHaveLength(1)
  })
})

describe('a broker that fills up', () => {
  it('is told of from half of what it may hold, in steps', () => {
    const { holds, told } = aBook()
    holds(511)
    expect(told()).toEqual([])
    holds(600)
    expect(told()).toEqual([expect.stringMatching(/^late serious .* more than 512 MiB/)])
    holds(639)
    expect(told()).toEqual([expect.stringContaining('more than 512 MiB')])
    holds(641)
    expect(told()).toEqual([expect.stringContaining('more than 640 MiB')])
    holds(1)
    expect(told()).toEqual([])
  })
})
