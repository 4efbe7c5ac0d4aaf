import type { FixMessage } from '@cordon/contract'
import type { Random } from '../random/create-random.ts'

type Spoil = (fix: FixMessage) => string | Buffer

/** Ways in which a message can be useless as a whole: each gives one rejection and no fix. */
const SPOILS: readonly [Spoil, ...Spoil[]] = [
  fix => JSON.stringify(fix).slice(0, -9),
  fix => JSON.stringify({ ...fix, lat: undefined }),
  fix => JSON.stringify({ ...fix, lat: 91.5 }),
  fix => JSON.stringify({ ...fix, lon: String(fix.lon) }),
  fix => JSON.stringify({ ...fix, lon: null }),
  fix => JSON.stringify({ ...fix, time: 'yesterday' }),
  fix => JSON.stringify({ ...fix, time: undefined }),
  fix => JSON.stringify({ ...fix, lat: 'NaN' }).replace('"NaN"', 'NaN'),
  fix => `AT+CGNSINF,1,1,${fix.seq ?? 0}`,
  () => '"offline"',
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
]

export function malformedOf(fix: FixMessage, random: Random): Buffer {
  return Buffer.from(random.pick(SPOILS)(fix))
}
