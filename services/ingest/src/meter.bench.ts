/**
 * What counting a fix costs, as a share of decoding and judging it: batches of 100 messages with one fix each, of 100 tags with one zone
 * each, without a database. In one run, so that the ratio means something on any machine.
 *
 *   npx tsx --conditions=@cordon/source services/ingest/src/meter.bench.ts [--check]
 */
import { cpus } from 'node:os'
import { type ActivationId, asId, type ConditionId, type TagId, type ZoneId } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { createRegistry, noTracer } from '@cordon/runtime'
import { createWatchContext, type WatchedCondition } from '@cordon/watch'
import { decode } from './decode.ts'
import { evaluate } from './evaluate.ts'
import { createMeter } from './meter.ts'
import type { KnownActivation, KnownTag, Register } from './register/register.ts'
import { createStages } from './run-stages.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import { createWatchStates } from './watch-states.ts'

const TAGS = 100
const ROUNDS = 1_500
const WARM_UP = 500
/** Of the time that a fix takes: what is promised. */
const MOST = 0.03
const START = Date.UTC(2026, 10, 22, 6)

const condition: WatchedCondition = {
  ...{ conditionId: asId<ConditionId>('1'), zoneId: asId<ZoneId>('1'), zoneVersion: 1, kind: 'exclusion', priority: 0 },
  ...{ from: 0, to: null, hours: null, passes: [], bufferM: 0 },
  zone: compileZone({ type: 'Circle', center: [-0.9, 52.24], radius: 200 }),
}

function aKnownTag(index: number): KnownTag {
  const id = asId<ActivationId>(String(index + 1))
  const period = { activationId: id, from: 0, to: null }
  const context = createWatchContext({
    activation: period,
    conditions: [condition],
    policies: [],
    risk: 'standard',
    suspensions: [],
  })
  const activation: KnownActivation = {
    ...{ id, wearerId: asId(String(index + 1)), tagId: tagOf(index), from: 0, to: null },
    context,
    zoneNames: [],
  }
  return { protocol: 'cordon', isRevoked: false, activations: [activation] }
}

const tagOf = (index: number): TagId => asId<TagId>(`tag-${index}`)
const tags = new Map(Array.from({ length: TAGS }, (_, index) => [tagOf(index), aKnownTag(index)] as const))
const register: Register = {
  tag: id => tags.get(id),
  activation: () => undefined,
  activations: () => [],
}

const messagesOf = (round: number): readonly ReceivedMessage[] =>
  Array.from({ length: TAGS }, (_, index) => {
    const time = START + round * 15_000
    const fix = {
      time,
      seq: round,
      lat: 52.3 + index / 1e4,
      lon: -0.9 + (round % 40) / 1e4,
      accuracy: 8,
      source: 'gnss',
    }
    const payload = Buffer.from(JSON.stringify(fix))
    return {
      topic: `cordon/v1/tags/${tagOf(index)}/fixes`,
      payload,
      receivedAt: time + 500,
      connection: 1,
      messageId: index + 1,
    }
  })

const states = createWatchStates(new Map(), START)
const meter = createMeter(createRegistry('bench'), START)
const runStages = createStages({ tracer: noTracer, meter })
const spent = { working: 0, counting: 0 }

async function runRound(round: number): Promise<void> {
  const messages = messagesOf(round)
  const now = START + round * 15_000 + 600
  const begunAt = performance.now()
  const decoded = decode(messages, register)
  const evaluated = evaluate(decoded, register, states, { now, tick: false, listening: true })
  states.commit(evaluated.states, [], now)
  const workedAt = performance.now()
  meter.batch({ messages, decoded, evaluated, written: null, startedAt: now, committedAt: now + 20 })
  await runStages(messages, async stage => {
    for (let call = 0; call < 4; call++) await stage('publish', () => undefined)
  })
  const countedAt = performance.now()
  if (round < WARM_UP) return
  spent.working += workedAt - begunAt
  spent.counting += countedAt - workedAt
}

for (let round = 0; round < ROUNDS; round++) await runRound(round)
const fixes = (ROUNDS - WARM_UP) * TAGS
const perFix = (ms: number): string => ((ms * 1_000) / fixes).toFixed(2)
const share = spent.counting / spent.working
process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}\n` +
    `decode and judge ${perFix(spent.working)} µs a fix, count ${perFix(spent.counting)} µs: ${(share * 100).toFixed(1)} %\n`,
)
if (process.argv.includes('--check') && share > MOST) {
  process.stderr.write(`counting costs more than ${MOST * 100} % of decoding and judging\n`)
  process.exitCode = 1
}
