/**
 * What judging costs, beside Turf, in one run of the code as it is shipped: `npx tsc -b packages/watch && node
 * --min-semi-space-size=128 --max-semi-space-size=128 packages/watch/dist/watch.bench.js`. Seeded, in CPU time; the times are of the
 * machine it runs on, the ratios are the claim, and with `--check` one that is missed is an error. `--wearers 1000` for a smaller
 * county. A state lives for a minute: where the young generation does not hold a minute of everybody, collecting costs as much again.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { Fix, Judgement } from '@cordon/contract'
import { createWatchContext, type WatchContext } from './context/watch-context.ts'
import { judge, judgeAll, wrapFix } from './judge.ts'
import { rejudge } from './rejudge.ts'
import { emptyState, type WatchState } from './state.ts'
import { bytesInUse, cpuSeconds, mean, median, quantile, rounds } from './testing/bench-measure.fixture.ts'
import { createWalk, createWearer, drawSharedZones, EVENING, type Wearer } from './testing/bench-world.fixture.ts'
import { conditionsFor, type DrawnZone, drawZone, seeded, turfLoop } from './testing/bench-zones.fixture.ts'
import { aFix, aRegister, MINUTE } from './testing/timeline.fixture.ts'
import type { Said } from './told/told.ts'

const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, wearers: { type: 'string', default: '10000' } },
})
const WEARERS = Number(options.wearers)
const MINUTES_A_ROUND = 10
const ROUNDS = 11
const missed: string[] = []

console.log(`${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}; CPU time, medians\n`)
const shared = drawSharedZones(seeded(1))
const { wearers, states, fixUs } = benchCounty()
benchTurf(fixUs)
benchStates()
benchBurst()
benchZones()
benchVertices()
benchDay()
for (const miss of missed) console.log(`MISSED: ${miss}`)
if (options.check && missed.length > 0) process.exitCode = 1

function goal(what: string, value: number, most: number): void {
  if (!(value <= most)) missed.push(`${what}: ${value.toPrecision(3)}, should be at most ${most}`)
}

/** Two hours of an evening, minute by minute as it comes in: a fix of each wearer, then a tick for each. Curfews begin half-way. */
function benchCounty() {
  console.log(`${WEARERS} wearers x (10 own zones of 64 vertices + 200 shared, 10 of them of 5,000 vertices)`)
  const bytes = [bytesInUse()]
  const registers = Array.from({ length: WEARERS }, (_, w) => {
    const { register, next } = createWearer(seeded(w + 2), w, shared, 10)
    return { register, next }
  })
  bytes.push(bytesInUse())
  const all = registers.map(({ register, next }) => ({ context: createWatchContext(register), next }))
  const states: WatchState[] = all.map(emptyState)
  bytes.push(bytesInUse())
  const [zonesMb = 0, contextsMb = 0] = [0, 1].map(i => ((bytes[i + 1] ?? 0) - (bytes[i] ?? 0)) / 2 ** 20)
  console.log(`  zones and conditions ${zonesMb.toFixed(0)} MB, contexts ${contextsMb.toFixed(0)} MB`)

  const seconds = { fixes: [] as number[], ticks: [] as number[] }
  const counts = { near: 0, fixes: 0, judgements: 0 }
  const take = (w: number, result: { state: WatchState; judgements: readonly Judgement[] }) => {
    states[w] = result.state
    counts.judgements += result.judgements.length
  }
  for (let round = 0; round < ROUNDS + 1; round++) {
    let [fixSeconds, tickSeconds] = [0, 0]
    for (let m = 0; m < MINUTES_A_ROUND; m++) {
      const fixes = all.map(({ next }) => next())
      fixSeconds += cpuSeconds(() => {
        for (const [w, { context }] of all.entries()) {
          take(w, judge(states[w] as WatchState, { type: 'fix', fix: fixes[w] as Fix }, context))
        }
      })
      const at = EVENING + (round * MINUTES_A_ROUND + m + 1) * MINUTE
      tickSeconds += cpuSeconds(() => {
        for (const [w, { context }] of all.entries()) {
          take(w, judge(states[w] as WatchState, { type: 'tick', at, listening: true }, context))
        }
      })
      counts.fixes += all.length
      for (const { timeline } of states) counts.near += Number(timeline.zones.length > 0)
    }
    seconds.fixes.push((fixSeconds * 1e6) / (WEARERS * MINUTES_A_ROUND))
    seconds.ticks.push((tickSeconds * 1e6) / (WEARERS * MINUTES_A_ROUND))
  }
  // the first round warmed up
  const [fixRounds, tickRounds] = [seconds.fixes.slice(1), seconds.ticks.slice(1)]
  const [fix, tick] = [median(fixRounds), median(tickRounds)]
  console.log(`  a fix ${fix.toFixed(2)} us (rounds: ${fixRounds.map(us => us.toFixed(2)).join(' ')})`)
  console.log(`  a tick ${tick.toFixed(2)} us (rounds: ${tickRounds.map(us => us.toFixed(2)).join(' ')})`)
  console.log(
    `  judged fixes a second on one core: ${Math.round(1e6 / fix)}, with a tick for each ${Math.round(1e6 / (fix + tick))} (goal 300,000)`,
  )
  console.log(
    `  something remembered of a zone after ${((100 * counts.near) / counts.fixes).toFixed(1)} % of fixes; ${counts.judgements} judgements of ${counts.fixes} fixes`,
  )
  return { wearers: all, states, fixUs: fix }
}

/** What is written down first, on fixes of the same wearers. */
function benchTurf(fixUs: number): void {
  let kept = 0
  const time = (count: number, zonesOf: (wearer: Wearer) => readonly DrawnZone[]) => {
    const sample = Array.from({ length: count }, (_, w) => createWearer(seeded(w + 2), w, shared, 10))
    const seconds = cpuSeconds(() => {
      for (const wearer of sample) {
        const { lon, lat } = wearer.next()
        kept += turfLoop(zonesOf(wearer), lon, lat)
      }
    })
    return (seconds * 1e6) / count
  }
  time(50, ({ own }) => own)
  const ownUs = median([1, 2, 3, 4, 5].map(() => time(100, ({ own }) => own)))
  const allUs = median([1, 2, 3].map(() => time(10, ({ own }) => [...own, ...shared])))
  const [ownRatio, allRatio] = [ownUs / fixUs, allUs / fixUs]
  console.log('\nbeside a loop of Turf over the zones (inside and distance)')
  console.log(`  over own and shared zones: ${allUs.toFixed(0)} us a fix, ${allRatio.toFixed(0)} times the engine`)
  console.log(
    `  over the 10 own zones alone: ${ownUs.toFixed(0)} us, ${ownRatio.toFixed(0)} times the engine with all 210 (goal 50)`,
  )
  if (Number.isNaN(kept)) throw new Error('Turf said something that is not a number')
  goal('one over the ratio to a Turf loop', 1 / ownRatio, 1 / 50)
}

function benchStates(): void {
  const sizes = states.map(state => Buffer.byteLength(JSON.stringify(state)))
  const isOpen = ({ told }: WatchState) => told.some(({ endedAt }) => endedAt === null)
  const open = sizes.filter((_, w) => isOpen(states[w] as WatchState))
  const line = (of: readonly number[]) =>
    `mean ${mean(of).toFixed(0)}, median ${median(of)}, p99 ${quantile(of, 0.99)}, most ${quantile(of, 1)}`
  console.log('\nstate, bytes of JSON')
  console.log(`  all wearers: ${line(sizes)}`)
  console.log(`  ${open.length} wearers with something told and open: ${line(open)} (goal 2,048)`)
  const largest = states[sizes.indexOf(Math.max(...sizes))]
  for (const [key, value] of Object.entries(largest ?? {})) {
    console.log(`    of the largest: ${key} ${JSON.stringify(value).length}`)
  }
  goal('mean state, bytes', mean(sizes), 2_048)
  const calm = sizes.filter((_, w) => !isOpen(states[w] as WatchState))
  goal('p99 of a state with nothing open, bytes', quantile(calm, 0.99), 2_048)
}

/** An hour of each of so many wearers, judged again as when a mast comes back. */
function benchBurst(): void {
  const some = wearers.slice(0, 2_000).map(wearer => ({
    wearer,
    observations: Array.from({ length: 60 }, () => wrapFix(wearer.next())),
  }))
  const seconds = cpuSeconds(() => {
    for (const { wearer, observations } of some) {
      rejudge({ from: null, observations, recorded: [], state: emptyState(), context: wearer.context })
    }
  })
  console.log(`\n${some.length} wearers judged again, an hour each: ${(seconds * 1_000).toFixed(0)} ms in all`)
}

/** Own zones kilometres away, more and more of them; minute by minute in turn, so that the machine's other work hits all alike. */
function benchZones(): void {
  const crowds = [1, 10, 100].map(count => ({ count, crowd: crowdFarFrom(count), seconds: [] as number[] }))
  for (let minute = 0; minute < 240; minute++) {
    for (const { crowd, seconds } of crowds) {
      const fixes = crowd.map(({ next }) => next())
      seconds.push(
        cpuSeconds(() => {
          for (const [w, walker] of crowd.entries()) {
            walker.state = judge(walker.state, { type: 'fix', fix: fixes[w] as Fix }, walker.context).state
          }
        }),
      )
    }
  }
  const us = crowds.map(({ crowd, seconds }) => (median(seconds.slice(120)) * 1e6) / crowd.length)
  const growth = (us[2] ?? 0) / (us[0] ?? 0)
  const figures = crowds.map(({ count }, i) => `${count}: ${us[i]?.toFixed(2)}`).join(', ')
  console.log(`\nown zones of 100 wearers, away from boundaries: us a fix, with ${figures}`)
  console.log(`  100 zones cost ${growth.toFixed(2)} times 1 (goal: below 2)`)
  goal('growth from 1 to 100 zones', growth, 2)
}

function crowdFarFrom(count: number) {
  const random = seeded(count)
  return Array.from({ length: 100 }, (_, w) => {
    const zones = Array.from({ length: count }, (_unused, z) => {
      const [angle, reachM] = [z + random(), 4_000 + 8_000 * random()]
      const middle = [Math.cos(angle) * reachM, Math.sin(angle) * reachM] as const
      return drawZone(random, { middle, radiusM: 250, vertices: 64, bufferM: 100 })
    })
    const places = Array.from({ length: 4 }, () => [1_000 * random(), 1_000 * random()] as const)
    return { context: contextOf(w, zones), next: createWalk(random, places, EVENING), state: emptyState() }
  })
}

/** Along the boundary of a zone, and to and fro over it. */
function benchVertices(): void {
  console.log('\nvertices of a zone, near its boundary: us a fix')
  for (const [way, insideM, outsideM] of [
    ['past it', -20, -120],
    ['over it', 60, -120],
  ] as const) {
    const us = [64, 100, 1_000, 10_000].map(vertices => {
      const random = seeded(vertices)
      const zone = drawZone(random, { middle: [0, 0], radiusM: 800, vertices })
      const context = contextOf(1, [zone])
      const fixes = Array.from({ length: 2_000 }, (_, i) => {
        const angle = i / 100
        const [lon = 0, lat = 0] = zone.geometry.coordinates[0]?.[Math.floor((angle / 20) * vertices) % vertices] ?? []
        const outM = -(outsideM + (insideM - outsideM) * random())
        const shift = outM / 111_195
        const fix = aFix({ at: i * MINUTE, seq: i, accuracyM: 5 + 20 * random(), speedMps: 1.4 })
        return { ...fix, lon: lon + (Math.cos(angle) * shift) / 0.61, lat: lat + Math.sin(angle) * shift }
      })
      const seconds = rounds(7, () => {
        let state = emptyState()
        for (const fix of fixes) state = judge(state, { type: 'fix', fix }, context).state
      })
      return (median(seconds) * 1e6) / fixes.length
    })
    const ratio = (us[3] ?? 0) / (us[1] ?? 0)
    console.log(
      `  ${way}: 64 ${us[0]?.toFixed(2)}, 100 ${us[1]?.toFixed(2)}, 1,000 ${us[2]?.toFixed(2)}, 10,000 ${us[3]?.toFixed(2)}; 10,000 cost ${ratio.toFixed(2)} times 100 (goal 3)`,
    )
    goal(`10,000 vertices beside 100, ${way}`, ratio, 3)
  }
}

/** A day of one wearer whose places lie beside zones, judged again from what is stored. */
function benchDay(): void {
  const random = seeded(5)
  const zones = Array.from({ length: 10 }, (_, z) =>
    drawZone(random, { middle: [z * 700, (z % 3) * 500], radiusM: 250, vertices: 64, bufferM: 50 }),
  )
  const context = contextOf(1, zones)
  const places = zones.map(({ middle: [east, north], radiusM }) => [east + radiusM, north] as const)
  const next = createWalk(random, places, EVENING)
  const observations = Array.from({ length: 1_440 }, () => wrapFix(next()))
  const recorded = new Map<string, Said>()
  let [state, near] = [emptyState(), 0]
  for (const observation of observations) {
    const result = judgeAll(state, [observation], context)
    state = result.state
    near += Number(state.timeline.zones.length > 0)
    for (const said of result.judgements) {
      if (said.type === 'incident') recorded.set(said.episodeId, said)
      if (said.type === 'visit') recorded.set(said.visitId, said)
    }
  }
  const again = () => rejudge({ from: null, observations, recorded: [...recorded.values()], state, context })
  const [firstMs, ms] = [cpuSeconds(again) * 1_000, median(rounds(15, again)) * 1_000]
  console.log(
    `\na day of one wearer judged again (1,440 fixes, 10 zones, ${((100 * near) / 1_440).toFixed(0)} % of them near one, ${recorded.size} incidents): ${ms.toFixed(1)} ms, the first time ${firstMs.toFixed(1)} ms (goal 50)`,
  )
}

function contextOf(wearer: number, zones: readonly DrawnZone[]): WatchContext {
  return createWatchContext(aRegister(conditionsFor(wearer, zones)))
}
