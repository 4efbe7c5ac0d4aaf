import { decodePositionFrame, encodePositionFrame, type LivePosition } from './position-frame.ts'

/**
 * Positions as JSON and as a frame, in one run: `npx tsx --conditions=@cordon/source packages/contract/src/position-frame/position-frame.bench.ts`.
 * The ratios are the claim; the times are of this machine.
 */

const COUNT = 2_000
const ROUNDS = 30
const REPEATS = 5
const START = 1_795_327_200_000

const positions: readonly LivePosition[] = Array.from({ length: COUNT }, (_, i) => ({
  wearerId: String(100_000 + i),
  activationId: String(300_000 + i),
  measuredAt: START + 37 * i,
  receivedAt: START + 37 * i + 212,
  lon: Number((-1.2 + (i % 97) / 131).toFixed(6)),
  lat: Number((52 + (i % 89) / 113).toFixed(6)),
  accuracyM: 4 + (i % 20),
  source: 'gnss',
  speedMps: (i % 30) / 10,
  headingDeg: i % 360,
  battery: 20 + (i % 80),
}))

/** What JSON costs beside its writing: the contract's instants are text. */
const toJson = () =>
  Buffer.from(
    JSON.stringify({
      type: 'positions',
      items: positions.map(({ measuredAt, receivedAt, accuracyM, speedMps, headingDeg, ...rest }) => ({
        ...rest,
        time: new Date(measuredAt).toISOString(),
        receivedAt: new Date(receivedAt).toISOString(),
        accuracy: accuracyM,
        speed: speedMps,
        heading: headingDeg,
      })),
    }),
  )

function fromJson(bytes: Uint8Array): number {
  const { items } = JSON.parse(Buffer.from(bytes).toString()) as { items: { time: string; receivedAt: string }[] }
  return items.reduce((sum, { time, receivedAt }) => sum + Date.parse(time) + Date.parse(receivedAt), 0)
}

/** µs of CPU a position; the best of the rounds, for the others were disturbed. */
function cost(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    for (let again = 0; again < REPEATS; again++) work()
    const { user, system } = process.cpuUsage(before)
    if (round >= ROUNDS / 3) best = Math.min(best, (user + system) / (COUNT * REPEATS))
  }
  return best
}

const json = toJson()
const frame = encodePositionFrame(positions)
const rows: readonly (readonly [string, number, number])[] = [
  ['bytes a position', json.length / COUNT, frame.length / COUNT],
  ['µs to write one', cost(toJson), cost(() => encodePositionFrame(positions))],
  ['µs to read one', cost(() => fromJson(json)), cost(() => decodePositionFrame(frame))],
]
for (const [what, ofJson, ofFrame] of rows) {
  const ratio = (ofJson / ofFrame).toFixed(1)
  console.log(
    `${what.padEnd(18)} JSON ${ofJson.toFixed(2).padStart(7)}   frame ${ofFrame.toFixed(2).padStart(6)}   ${ratio} times`,
  )
}
