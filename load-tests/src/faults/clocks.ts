import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sleep } from '@cordon/runtime'
import type { ServiceName } from '../stack/start-service.ts'
import type { Fault } from './fault.ts'

const STEPPED_MS = 25_000
const HOUR_MS = 3_600_000

/** Makes the clock of a service one that a file can step. */
export const CLOCK_ARGS = ['--import', fileURLToPath(new URL('../shift-clock.js', import.meta.url))]

const clockFile = (dir: string, service: ServiceName) => join(dir, `clock-${service}`)

/** What each service is told, and its clock as it should be. */
export function clockEnv(dir: string): Readonly<Record<ServiceName, Readonly<Record<string, string>>>> {
  for (const service of ['ingest', 'gateway'] as const) rmSync(clockFile(dir, service), { force: true })
  return {
    ingest: { CORDON_FAULT_CLOCK: clockFile(dir, 'ingest') },
    gateway: { CORDON_FAULT_CLOCK: clockFile(dir, 'gateway') },
  }
}

const stepped = (service: ServiceName, hours: 1 | -1): Fault => ({
  name: `clock-${service}-${hours === 1 ? 'on' : 'back'}`,
  title: `${service}: its clock ${hours === 1 ? 'an hour on' : 'an hour back'} for ${STEPPED_MS / 1_000} s, then right again`,
  isQuick: service === 'ingest' && hours === -1,
  seconds: STEPPED_MS / 1_000,
  strike: async ({ dir }) => {
    writeFileSync(clockFile(dir, service), String(hours * HOUR_MS))
    await sleep(STEPPED_MS)
    rmSync(clockFile(dir, service))
    return undefined
  },
})

/** Clocks that are stepped under a running process. */
export const CLOCKS: readonly Fault[] = [
  stepped('ingest', 1),
  stepped('ingest', -1),
  stepped('gateway', 1),
  stepped('gateway', -1),
]
