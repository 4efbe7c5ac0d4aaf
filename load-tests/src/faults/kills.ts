import { sleep } from '@cordon/runtime'
import type { Fault, Scene } from './fault.ts'

/** How long something that was killed stays away before it is started again: a supervisor's restart, and a little. */
const AWAY_MS = 5_000

const killed = (name: string, title: string, part: (scene: Scene) => Part): Fault => ({
  name,
  title,
  isQuick: true,
  seconds: 8,
  strike: async scene => {
    const struck = part(scene)
    await struck.kill()
    await sleep(AWAY_MS)
    await struck.restart()
    return undefined
  },
})

interface Part {
  kill(): Promise<void>
  restart(): Promise<void>
}

const HELD_MS = 12_000

/** The broker has acknowledged what ingest was not there to take, and writes it down every 10 s. */
const both: Fault = {
  name: 'kill-ingest-and-broker',
  title: `ingest killed, and ${HELD_MS / 1_000} s later the broker: two faults at once, not promised`,
  isBeyond: true,
  isQuick: false,
  seconds: 20,
  strike: async ({ stack: { services, broker } }) => {
    await services.kill('ingest')
    await sleep(HELD_MS)
    await broker.kill()
    await broker.restart()
    await services.restart('ingest')
    return undefined
  },
}

/** kill -9 of each part, and its start again. */
export const KILLS: readonly Fault[] = [
  killed('kill-ingest', 'ingest: kill -9, back after 5 s', ({ stack: { services } }) => ({
    kill: () => services.kill('ingest'),
    restart: () => services.restart('ingest'),
  })),
  killed('kill-gateway', 'gateway: kill -9, back after 5 s', ({ stack: { services } }) => ({
    kill: () => services.kill('gateway'),
    restart: () => services.restart('gateway'),
  })),
  killed('kill-broker', 'broker: kill -9, back after 5 s with what it had on disk', ({ stack: { broker } }) => broker),
  killed('crash-database', 'database: immediate stop, back after 5 s', ({ stack: { database } }) => ({
    kill: () => database.crash(),
    restart: () => database.restart(),
  })),
  both,
]
