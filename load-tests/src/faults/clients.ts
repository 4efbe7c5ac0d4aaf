import { readFileSync } from 'node:fs'
import { sleep } from '@cordon/runtime'
import type { FromReader, ToReader } from '../reader/messages.ts'
import { parseMemory } from '../report/proc.ts'
import { startWorker, type Worker } from '../stack/start-worker.ts'
import type { Check } from '../verify/verify.ts'
import type { Fault, Scene } from './fault.ts'

const DEAF = { clients: 20, lastMs: 25_000 }
const CROWD = 500
const ANSWER_MS = 60_000
/** What a slow client may keep in the gateway (1 MiB of it waiting before positions are held back), and as much again for what writes it. */
const MOST_BYTES_A_CLIENT = 4 * 1_048_576

const deaf: Fault = {
  name: 'deaf-clients',
  title: `${DEAF.clients} clients stop reading for ${DEAF.lastMs / 1_000} s, then go on`,
  isQuick: false,
  seconds: DEAF.lastMs / 1_000,
  strike: async scene => {
    const clients: Worker<ToReader, FromReader> = startWorker('reader')
    try {
      const { stack } = scene
      const connect = { url: stack.streamUrl, token: stack.adminToken, readers: DEAF.clients, everything: DEAF.clients }
      await clients.ask({ type: 'connect', ...connect }, 'connected', ANSWER_MS)
      const before = memoryOfGateway(scene)
      await clients.ask({ type: 'pause' }, 'paused', ANSWER_MS)
      await sleep(DEAF.lastMs)
      const grown = memoryOfGateway(scene) - before
      await clients.ask({ type: 'resume' }, 'resumed', ANSWER_MS)
      return [bounded(grown), await caughtUp(scene, clients)]
    } finally {
      await clients.stop()
    }
  },
}

const memoryOfGateway = ({ stack }: Scene): number =>
  parseMemory(readFileSync(`/proc/${stack.services.pid('gateway')}/status`, 'utf8')).anonymous

const bounded = (grown: number): Check => ({
  name: 'the gateway’s memory is bounded',
  isMet: grown < DEAF.clients * MOST_BYTES_A_CLIENT + 64 * 1_048_576,
  detail: `${Math.round(grown / 1_048_576)} MiB more for ${DEAF.clients} clients`,
})

/** The newest change there is reaches the one that had stopped, and none is missing on the way. */
async function caughtUp({ stack: { store } }: Scene, clients: Worker<ToReader, FromReader>): Promise<Check> {
  const [row] = await store.query<{ newest: string }>('select coalesce(max(cursor), 0) as newest from incident_changes')
  const newest = BigInt(row?.newest ?? 0)
  const behind = async () => {
    const { report } = await clients.ask({ type: 'report' }, 'reported', ANSWER_MS)
    const cursors = [report.cursor, ...report.others.map(told => told.at(-1)?.cursor ?? '0')]
    return cursors.filter(cursor => BigInt(cursor) < newest).length
  }
  let left = await behind()
  for (let waited = 0; left > 0 && waited < 60; waited++) {
    await sleep(500)
    left = await behind()
  }
  return {
    name: 'who had stopped reading is told everything after all',
    isMet: left === 0,
    detail: `${left} are behind`,
  }
}

const crowd: Fault = {
  name: 'crowd',
  title: `${CROWD} clients lose their connection at once and come back`,
  isQuick: false,
  seconds: 15,
  others: CROWD,
  strike: async ({ clients }) => {
    clients.reset()
    await sleep(15_000)
    return undefined
  },
}

/** Clients that do not behave, and too many of them. */
export const CLIENTS: readonly Fault[] = [deaf, crowd]
