import { sleep } from '@cordon/runtime'
import type { Check } from '../verify/verify.ts'
import { fallsNow } from './falls-now.ts'
import type { Fault, Scene } from './fault.ts'

const TOGETHER_MS = 12_000
/** Longer than a lease of the line. */
const PAUSED_MS = 25_000

/** A second ingest, and then the first one is killed: the second must go on in its place. */
const beside = (name: string, title: string, instance: string): Fault => ({
  name,
  title,
  isQuick: name === 'two-names',
  seconds: TOGETHER_MS / 1_000 + 8,
  strike: async scene => {
    const { services } = scene.stack
    const second = await services.startSecondIngest(instance)
    await sleep(TOGETHER_MS)
    await fallsNow(scene)
    await services.kill('ingest')
    await second.isUp()
    await sleep(3_000)
    // back to how it was: the first one stands by until the second ends
    const restarted = services.restart('ingest')
    await sleep(1_000)
    await second.stop()
    await restarted
    return undefined
  },
})

/** The holder is stopped for longer than its lease; a spare goes on, and the holder must do no harm when it wakes. */
const paused: Fault = {
  name: 'paused-ingest',
  title: `ingest: stopped (SIGSTOP) for ${PAUSED_MS / 1_000} s with a spare beside it, then let go on`,
  isQuick: false,
  seconds: PAUSED_MS / 1_000 + 8,
  strike: async scene => {
    const { services } = scene.stack
    const spare = await services.startSecondIngest('spare')
    await sleep(2_000)
    await fallsNow(scene)
    services.signal('ingest', 'SIGSTOP')
    await sleep(PAUSED_MS)
    services.signal('ingest', 'SIGCONT')
    const ended = await hasEnded(scene)
    const restarted = services.restart('ingest')
    await sleep(1_000)
    await spare.stop()
    await restarted
    return [ended]
  },
}

const LEAVE_MS = 10_000

async function hasEnded({ stack: { services } }: Scene): Promise<Check> {
  const isMet = await services.hasEnded('ingest', LEAVE_MS)
  return { name: 'the ingest that lost the line ends by itself', isMet, detail: `within ${LEAVE_MS / 1_000} s` }
}

/** Two where there should be one. */
export const INGESTS: readonly Fault[] = [
  beside('two-names', 'two ingests under different names, then the first is killed', 'ingest-2'),
  beside('same-name', 'two ingests under the same name, then the first is killed', 'ingest-1'),
  paused,
]
