import type { Store } from '@cordon/store'
import type { GeneratorResult } from '../generator/messages.ts'
import type { ReaderReport } from '../reader/messages.ts'
import type { Check } from '../verify/verify.ts'
import type { BacklogTag } from './backlog-tag.ts'

export interface BacklogEvidence {
  readonly store: Store
  readonly backlogs: readonly BacklogTag[]
  readonly live: readonly GeneratorResult[]
  /** Of the client that watched from before the burst. */
  readonly reader: ReaderReport
  readonly faults: readonly string[]
}

interface TagRow {
  readonly tag: string
  readonly fixes: number
  readonly doubled: number
  readonly incidents: number
  readonly late: number
}

/** Holds the database and the socket against what was sent. */
export async function verifyBacklog(evidence: BacklogEvidence): Promise<readonly Check[]> {
  const rows = new Map((await readTags(evidence.store)).map(row => [row.tag, row]))
  return [
    verifyFixes(evidence, rows),
    verifyLate(evidence, rows),
    verifyLive(evidence, rows),
    ...(await verifyTold(evidence)),
  ]
}

const readTags = (store: Store): Promise<readonly TagRow[]> =>
  store.query<TagRow>(
    `select tag_id as tag,
            (select count(*)::int from fixes where activation_id = a.id) as fixes,
            (select (count(*) - count(distinct seq))::int from fixes where activation_id = a.id) as doubled,
            (select count(*)::int from incidents where activation_id = a.id) as incidents,
            (select count(*)::int from incidents where activation_id = a.id and late) as late
       from activations a`,
  )

function verifyFixes({ backlogs }: BacklogEvidence, rows: ReadonlyMap<string, TagRow>): Check {
  const wrong = backlogs.filter(
    ({ plan, fixes }) => rows.get(plan.id)?.fixes !== fixes || rows.get(plan.id)?.doubled !== 0,
  )
  return {
    name: 'every fix that was late is in the database exactly once',
    isMet: wrong.length === 0 && backlogs.length > 0,
    detail: `${backlogs.length} tags, of ${wrong.length} it is not so`,
  }
}

function verifyLate({ backlogs }: BacklogEvidence, rows: ReadonlyMap<string, TagRow>): Check {
  const entered = backlogs.filter(tag => tag.entered)
  const incidents = (tag: BacklogTag) => rows.get(tag.plan.id)?.incidents ?? 0
  const right = entered.filter(tag => incidents(tag) === 1 && rows.get(tag.plan.id)?.late === 1).length
  const others = backlogs.reduce((sum, tag) => sum + (tag.entered ? 0 : incidents(tag)), 0)
  return {
    name: 'every entry of the backlogs is exactly one incident, marked late, and there is no other',
    isMet: right === entered.length && others === 0 && right > 0,
    detail: `${entered.length} entries, ${right} with exactly one late incident, ${others} incidents of those who did not enter`,
  }
}

function verifyLive({ live }: BacklogEvidence, rows: ReadonlyMap<string, TagRow>): Check {
  const tags = live.flatMap(result => result.tags)
  const wrong = tags.filter(({ id, enteredAt }) => {
    const row = rows.get(id)
    return row?.incidents !== (enteredAt === null ? 0 : 1) || row.late !== 0
  })
  const entered = tags.filter(({ enteredAt }) => enteredAt !== null).length
  return {
    name: 'every live entry is exactly one incident, not late, and there is no other',
    isMet: wrong.length === 0 && entered > 0,
    detail: `${tags.length} wearers, ${entered} entries, of ${wrong.length} wearers it is not so`,
  }
}

/** An incident is raised once in the log; here it is counted how often the client heard of its raising. */
async function verifyTold({ store, reader, faults }: BacklogEvidence): Promise<readonly Check[]> {
  const heard = new Map<string, number>()
  for (const piece of reader.told) {
    if (piece.type === 'change' && piece.change === 'raised')
      heard.set(piece.incidentId, (heard.get(piece.incidentId) ?? 0) + 1)
  }
  const late = await store.query<{ id: string }>('select id::text from incidents where late')
  const once = late.filter(({ id }) => heard.get(id) === 1).length
  const all = [...faults, ...reader.faults]
  return [
    {
      name: 'the socket was told of the raising of every late incident exactly once',
      isMet: once === late.length && late.length > 0,
      detail: `${late.length} late incidents, ${once} told once`,
    },
    {
      name: 'nobody’s connection to the broker was lost, nothing was refused',
      isMet: all.length === 0,
      detail: all.length === 0 ? 'no fault' : `${all.length} faults, the first: ${all[0]}`,
    },
  ]
}
