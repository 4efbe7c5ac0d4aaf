import { formatTable } from '../report/table.ts'
import { runOwnTracksRecorder } from './owntracks-recorder.ts'
import type { PeerFigures } from './peer-figures.ts'
import { PEER_TRACE } from './peer-trace.ts'
import { runTile38 } from './tile38.ts'

/** Paths of programs that this repository neither holds nor builds; without one its peer is not run. */
export interface PeerPrograms {
  readonly ownTracksRecorder: string | undefined
  readonly tile38: string | undefined
}

const MIB = 1_048_576

/** The same wearers on the same walks, with the same zones, given to other programs on this machine, one after the other. */
export async function runPeers(programs: PeerPrograms, say: (line: string) => void): Promise<string> {
  const { ownTracksRecorder, tile38 } = programs
  const figures: PeerFigures[] = []
  if (ownTracksRecorder !== undefined) figures.push(await runOwnTracksRecorder(ownTracksRecorder, say))
  if (tile38 !== undefined) figures.push(await runTile38(tile38, say))
  const notRun = [
    ...(ownTracksRecorder === undefined ? ['OwnTracks Recorder (--owntracks-recorder PATH)'] : []),
    ...(tile38 === undefined ? ['Tile38 (--tile38 PATH)'] : []),
  ]
  const missing = notRun.length === 0 ? '' : `Not run, because their programs were not given: ${notRun.join(', ')}\n`
  if (figures.length === 0) return missing
  const { tags, seconds, zones } = PEER_TRACE
  const table = formatTable(
    [
      `${tags} wearers, ${zones} zones each, ${seconds} s`,
      'fixes/s given',
      'taken',
      'µs of CPU a fix',
      'MiB at most',
      'what it does',
    ],
    figures.map(({ name, offered, taken, cpuMicros, peakBytes, says }) => [
      ...[name, offered, taken, cpuMicros, Math.round(peakBytes / MIB)],
      says,
    ]),
  )
  return `${table}\n${missing}`
}
