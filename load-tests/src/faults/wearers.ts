import { sleep } from '@cordon/runtime'
import type { Fault } from './fault.ts'
import { MAD } from './mad-tag.ts'

const poison: Fault = {
  name: 'poison',
  title: 'one message in ten is malformed, for 20 s',
  isQuick: true,
  seconds: 20,
  malformed: 0.1,
  strike: async () => {
    await sleep(20_000)
    return undefined
  },
}

/** What tags do to everybody else. */
export const WEARERS: readonly Fault[] = [poison, MAD]
