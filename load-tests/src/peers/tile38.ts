import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '@cordon/runtime'
import { measureUsage } from '../report/usage.ts'
import { freePort } from '../stack/free-port.ts'
import { answers } from './answers.ts'
import type { PeerFigures } from './peer-figures.ts'
import { fencesOf, PEER_TRACE, type PeerWearer, peerWearers, placeAt } from './peer-trace.ts'

/** Commands under way at once: enough that neither side waits for the other. */
const PIPELINE = 500

/** As many fixes as it takes: SET of each wearer's place, in a collection of the wearer's own that ten fences listen to. */
export async function runTile38(program: string, say: (line: string) => void): Promise<PeerFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-peer-'))
  const port = await freePort()
  const server = await startProcess({
    ...{ name: 'tile38', command: program, args: ['-h', '127.0.0.1', '-p', String(port), '-d', dir] },
    env: { PATH: process.env.PATH },
    isReady: () => answers(port),
    onLine: () => undefined,
  })
  try {
    const client = await openClient(port)
    const wearers = peerWearers()
    say(`Tile38: ${wearers.length * PEER_TRACE.zones} fences`)
    await client.all(wearers.flatMap(setFences))
    say(`Tile38: as many fixes as it takes`)
    const meter = measureUsage([{ name: 'tile38', pids: [server.pid] }])
    const sent = await setPlaces(client, wearers)
    const [usage] = meter.stop().groups
    client.end()
    return {
      name: 'Tile38',
      ...{ offered: sent / PEER_TRACE.seconds, taken: sent / PEER_TRACE.seconds },
      cpuMicros: ((usage?.cpuSeconds ?? Number.NaN) * 1e6) / sent,
      peakBytes: usage?.peakBytes ?? Number.NaN,
      says: 'keeps the last place and an append-only file of commands; judges inside or not; no track, no incident on record',
    }
  } finally {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

const setFences = (wearer: PeerWearer): readonly (readonly string[])[] =>
  fencesOf(wearer).map((geometry, place) => [
    ...['SETCHAN', `${wearer.id}/${place}`, 'WITHIN', wearer.id, 'FENCE', 'DETECT', 'enter,exit'],
    ...['OBJECT', JSON.stringify(geometry)],
  ])

async function setPlaces(client: Client, wearers: readonly PeerWearer[]): Promise<number> {
  const stopAt = Date.now() + PEER_TRACE.seconds * 1_000
  let sent = 0
  for (let now = Date.now(); now < stopAt; now = Date.now()) {
    const commands = Array.from({ length: PIPELINE }, () => {
      const wearer = wearers[sent++ % wearers.length] as PeerWearer
      const { lon, lat } = placeAt(wearer, now)
      return ['SET', wearer.id, 'tag', 'POINT', lat.toFixed(6), lon.toFixed(6)]
    })
    await client.all(commands)
  }
  return sent
}

interface Client {
  /** Sends them all, and waits for as many answers. Rejects at the first that is an error. */
  all(commands: readonly (readonly string[])[]): Promise<void>
  end(): void
}

async function openClient(port: number): Promise<Client> {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return {
    all: commands =>
      new Promise((resolve, reject) => {
        let open = commands.length
        let rest = ''
        const onData = (data: Buffer) => {
          const lines = (rest + data.toString('latin1')).split('\r\n')
          rest = lines.pop() ?? ''
          // Both commands answer with one line: +OK, :1 or an error.
          const error = lines.find(line => line.startsWith('-'))
          open -= lines.length
          if (error === undefined && open > 0) return
          socket.off('data', onData)
          if (error === undefined) resolve()
          else reject(new Error(`Tile38 answered ${error}`))
        }
        socket.on('data', onData)
        socket.write(commands.map(encodeCommand).join(''))
      }),
    end: () => socket.destroy(),
  }
}

/** RESP: an array of bulk strings. */
const encodeCommand = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
