import type { Store } from '@cordon/store'
import type { Check } from '../verify/verify.ts'
import { differences, digestWrittenOnce } from './digest.ts'
import { countFixes, ENTRIES, INSTANT_AT_S, type Lost } from './rehearsal.ts'

/** The restored server against what the lost one had committed by the instant. */
export async function checkRestored(store: Store, lost: Lost): Promise<readonly Check[]> {
  const different = differences(lost.writtenBefore, await digestWrittenOnce(store))
  const fixes = await countFixes(store)
  const [row] = await store.query<{ readonly wrong: number; readonly raised: number }>(`
    select count(*) filter (where to_jsonb(i) <> last.incident)::int as wrong, count(*)::int as raised
      from incidents i cross join lateral (
        select incident from incident_changes c where c.incident_id = i.id order by cursor desc limit 1) last`)
  const { wrong = -1, raised = 0 } = row ?? {}
  return [
    {
      name: 'the rows are those that were committed by the instant, no more and no fewer',
      isMet: different.length === 0 && fixes > 0 && fixes < lost.fixes,
      detail: different.join('; ') || `${fixes} fixes of the ${lost.fixes} that there were when the server was lost`,
    },
    {
      name: 'incidents are as their log says that they last were',
      isMet: wrong === 0 && raised === ENTRIES.filter(at => at !== null && at < INSTANT_AT_S).length,
      detail: `${raised} incidents, ${wrong} otherwise`,
    },
  ]
}
