import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningProcess, sleep, startProcess } from '@cordon/runtime'
import { connectTag, type TagConnection } from '../generator/connect-tag.ts'
import { createPacer } from '../generator/create-pacer.ts'
import { measureUsage } from '../report/usage.ts'
import { freePort } from '../stack/free-port.ts'
import { answers } from './answers.ts'
import type { PeerFigures } from './peer-figures.ts'
import { PEER_TRACE, type PeerWearer, peerWearers, placeAt } from './peer-trace.ts'

/** Messages a second, each of one fix: more than was ever seen to be taken. */
const RATE = 5_000
const EVERY_MS = 4
const CONNECT_AT_ONCE = 50

/** The Recorder behind a Mosquitto of its own with the queues of ours, its store and settings as it comes. */
export async function runOwnTracksRecorder(program: string, say: (line: string) => void): Promise<PeerFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-peer-'))
  const started: RunningProcess[] = []
  try {
    const port = await freePort()
    started.push(await startBroker(dir, port))
    const storage = join(dir, 'store')
    const common = ['--storage', storage, '--http-port', '0', '--host', '127.0.0.1', '--port', String(port)]
    await runOnce(program, ['--initialize', '--storage', storage])
    const recorder = await startProcess({
      ...{ name: 'recorder', command: program, args: [...common, 'owntracks/#'], env: { PATH: process.env.PATH } },
      // it says nothing once it is subscribed, and keeps no session: a second is what it takes
      isReady: () => sleep(1_000).then(() => true),
      onLine: () => undefined,
    })
    started.push(recorder)
    say(`OwnTracks Recorder: ${RATE} messages a second of ${PEER_TRACE.tags} devices`)
    return await offer({ port, storage, pid: recorder.pid })
  } finally {
    for (const running of started.reverse()) await running.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function offer({ port, storage, pid }: { port: number; storage: string; pid: number }): Promise<PeerFigures> {
  const tags = await connectAll(port)
  const meter = measureUsage([{ name: 'recorder', pids: [pid] }])
  const startAt = Date.now()
  const stopAt = startAt + PEER_TRACE.seconds * 1_000
  const pacer = createPacer(RATE, startAt)
  let turn = 0
  for (let now = startAt; now < stopAt; now = Date.now()) {
    for (let due = pacer.due(now); due > 0; due--) {
      const tag = tags[turn++ % tags.length]
      if (tag === undefined) break
      tag.connection.publish(locationOf(tag.wearer, now), () => undefined)
      pacer.sent()
    }
    await sleep(EVERY_MS)
  }
  const taken = countStored(storage)
  const { groups } = meter.stop()
  for (const { connection } of tags) connection.end()
  const [usage] = groups
  return {
    name: 'OwnTracks Recorder',
    ...{ offered: turn / PEER_TRACE.seconds, taken: taken / PEER_TRACE.seconds },
    cpuMicros: ((usage?.cpuSeconds ?? Number.NaN) * 1e6) / taken,
    peakBytes: usage?.peakBytes ?? Number.NaN,
    says: 'stores each fix in a file; judges no zone of these',
  }
}

interface Device {
  readonly wearer: PeerWearer
  readonly connection: TagConnection
}

async function connectAll(port: number): Promise<readonly Device[]> {
  const devices: Device[] = []
  const wearers = peerWearers()
  for (let from = 0; from < wearers.length; from += CONNECT_AT_ONCE) {
    const some = wearers.slice(from, from + CONNECT_AT_ONCE).map(async wearer => {
      const account = { id: wearer.id, password: 'any' }
      const topic = `owntracks/load/${wearer.id}`
      return {
        wearer,
        connection: await connectTag({ host: '127.0.0.1', port, account, topic, onLost: () => undefined }),
      }
    })
    devices.push(...(await Promise.all(some)))
  }
  return devices
}

function locationOf(wearer: PeerWearer, at: number): string {
  const { lon, lat } = placeAt(wearer, at)
  const fix = {
    _type: 'location',
    lat: Number(lat.toFixed(6)),
    lon: Number(lon.toFixed(6)),
    tst: Math.floor(at / 1_000),
  }
  return JSON.stringify({ ...fix, acc: 6, alt: 77, vel: 4, cog: 271, batt: 83, tid: 'aa' })
}

/** Lines of the month's file of each device: what is on the disk. */
function countStored(storage: string): number {
  const root = join(storage, 'rec', 'load')
  return readdirSync(root)
    .flatMap(device => readdirSync(join(root, device)).map(file => join(root, device, file)))
    .reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0)
}

async function startBroker(dir: string, port: number): Promise<RunningProcess> {
  const file = join(dir, 'mosquitto.conf')
  const settings = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'user root', 'max_queued_messages 2000000']
  writeFileSync(file, `${[...settings, 'max_inflight_messages 0', 'set_tcp_nodelay true'].join('\n')}\n`)
  return startProcess({
    ...{ name: 'mosquitto', command: 'mosquitto', args: ['-c', file], env: { PATH: `${process.env.PATH}:/usr/sbin` } },
    isReady: () => answers(port),
    onLine: () => undefined,
  })
}

async function runOnce(program: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(program, args, error => (error === null ? resolve() : reject(error)))
  })
}
