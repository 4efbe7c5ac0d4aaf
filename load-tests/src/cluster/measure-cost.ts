import { sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { measureUsage, type ProcessGroup } from '../report/usage.ts'

export interface Cost {
  readonly name: string
  /** Microseconds of processor time for each fix that was stored meanwhile. */
  readonly perFixUs: number
}

/** Over some calm time under load. The rate is low here: what each process does without any fix is in it. */
export async function measureCost(store: Store, groups: readonly ProcessGroup[], ms: number): Promise<readonly Cost[]> {
  const count = async () => (await store.query<{ n: number }>('select count(*)::int as n from fixes'))[0]?.n ?? 0
  const before = await count()
  const meter = measureUsage(groups)
  await sleep(ms)
  const used = meter.stop().groups
  const fixes = (await count()) - before
  return used.map(({ name, cpuSeconds }) => ({ name, perFixUs: (cpuSeconds * 1_000_000) / Math.max(1, fixes) }))
}
