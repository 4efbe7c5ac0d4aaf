import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseBusyTicks, parseMemory, parseStat } from './proc.ts'

describe('proc', () => {
  it('reads a stat line whose name holds spaces and brackets', () => {
    const line = '4242 (pg (w) x) S 17 4242 4242 0 -1 4194304 900 0 1 0 120 30 7 3 20 0 1 0 100 1000 200'
    expect(parseStat(line)).toEqual({ pid: 4242, name: 'pg (w) x', parent: 17, ticks: 150, endedChildrenTicks: 10 })
  })

  it('reads the memory of a process', () => {
    const status =
      'Name:\tnode\nVmRSS:\t  300 kB\nRssAnon:\t     100 kB\nRssFile:\t     150 kB\nRssShmem:\t      50 kB\n'
    expect(parseMemory(status)).toEqual({ anonymous: 102_400, file: 153_600, shared: 51_200 })
    expect(parseMemory('')).toEqual({ anonymous: 0, file: 0, shared: 0 })
  })

  it('counts the busy ticks of the machine without idle, waiting and stolen ones', () => {
    expect(parseBusyTicks('cpu  100 1 50 9999 77 2 3 500 0 0\ncpu0 1 2 3\n')).toBe(156)
  })

  it.runIf(process.platform === 'linux')('reads this very process', () => {
    const stat = parseStat(readFileSync('/proc/self/stat', 'utf8'))
    expect(stat).toMatchObject({ pid: process.pid, parent: process.ppid })
    expect(parseMemory(readFileSync('/proc/self/status', 'utf8')).anonymous).toBeGreaterThan(1_000_000)
    expect(parseBusyTicks(readFileSync('/proc/stat', 'utf8'))).toBeGreaterThan(stat.ticks)
  })
})
