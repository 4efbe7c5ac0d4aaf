import type { Store } from '@cordon/store'
import type { Check } from '../verify/verify.ts'
import { BEFORE_S, countFixes, type RehearsalParts, type Scene } from './rehearsal.ts'
import { serve } from './serve.ts'
import { tellStory } from './tell-story.ts'

const AFTER_S = 12

/** Whoever stood in a zone still does; who entered after the instant is not known of any more, and is found there. */
export async function checkGoesOn(
  parts: RehearsalParts,
  { broker, roles }: Scene,
  { store, databaseUrl }: { readonly store: Store; readonly databaseUrl: string },
): Promise<readonly Check[]> {
  const before = await countFixes(store)
  const services = await serve(parts, databaseUrl, broker)
  const published = await tellStory(roles, { host: broker.host, port: broker.port, seconds: AFTER_S, from: BEFORE_S })
  await services.stop('the second part is over')
  const kept = (await countFixes(store)) - before
  const rows = await store.query<{ readonly reference: string; readonly raised: number }>(`
    select w.reference, count(i.id)::int as raised from wearers w left join incidents i on i.wearer_id = w.id and i.kind = 'exclusion-breach'
     group by w.reference`)
  const raised = new Map(rows.map(row => [row.reference, row.raised]))
  const wrong = roles.filter(({ tag, entersAt }) => raised.get(tag.id) !== (entersAt === null ? 0 : 1))
  return [
    {
      name: 'ingest goes on with it: every further fix is kept',
      isMet: kept === published,
      detail: `${kept} of ${published}`,
    },
    {
      name: 'nothing is raised twice: one breach of each wearer who is in a zone',
      isMet: wrong.length === 0,
      detail: roles.map(({ tag }) => `${tag.id} ${raised.get(tag.id) ?? 0}`).join(', '),
    },
  ]
}
