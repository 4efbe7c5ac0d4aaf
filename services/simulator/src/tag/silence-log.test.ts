import { expect, it } from 'vitest'
import type { Truth } from '../truth/create-truth-file.ts'
import { createSilenceLog } from './silence-log.ts'

const MINUTE_MS = 60_000

function aLog() {
  const lines: Truth[] = []
  return { lines, log: createSilenceLog('nc-1', line => void lines.push(line)) }
}

it('puts on record each silence from the last message to the next, with why it began', () => {
  const { lines, log } = aLog()
  log.pass(0, 'sent')
  for (const minute of [1, 2, 3]) log.pass(minute * MINUTE_MS, minute === 1 ? 'power-off' : 'no-signal')
  log.pass(4 * MINUTE_MS, 'sent')
  log.pass(5 * MINUTE_MS, 'sent')
  log.stop()
  expect(lines).toEqual([{ type: 'silence', tagId: 'nc-1', from: 0, to: 4 * MINUTE_MS, why: 'power-off' }])
})

it('leaves out what was shorter than two minutes, and puts on record one that the run ends in', () => {
  const { lines, log } = aLog()
  log.pass(0, 'sent')
  log.pass(MINUTE_MS, 'fault')
  log.pass(1.5 * MINUTE_MS, 'sent')
  log.pass(3 * MINUTE_MS, 'fault')
  log.pass(9 * MINUTE_MS, 'fault')
  log.stop()
  expect(lines).toEqual([{ type: 'silence', tagId: 'nc-1', from: 1.5 * MINUTE_MS, to: 9 * MINUTE_MS, why: 'fault' }])
})

it('begins a silence that was there from the start with the start', () => {
  const { lines, log } = aLog()
  for (const minute of [3, 6]) log.pass(minute * MINUTE_MS, 'no-signal')
  log.stop()
  expect(lines).toMatchObject([{ from: 3 * MINUTE_MS, to: 6 * MINUTE_MS }])
})
