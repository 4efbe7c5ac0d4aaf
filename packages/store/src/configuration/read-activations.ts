import { asId, type TagProtocol } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { WatchedActivation } from './watch-configuration.ts'

const READ_ACTIVATIONS = {
  name: 'read-watched-activations',
  text: `
    select activation.id, wearer_id, tag_id, protocol, valid_from, valid_to
      from activations activation join tags on tags.id = tag_id
     where ($1::bigint[] is null or wearer_id = any($1))
       and ($2::timestamptz is null or valid_to is null or valid_to > $2)
     order by activation.id`,
}

interface Row {
  readonly id: string
  readonly wearer_id: string
  readonly tag_id: string
  readonly protocol: TagProtocol
  readonly valid_from: number
  readonly valid_to: number | null
}

export async function readActivations(
  inside: Queryable,
  wearerIds: readonly string[] | null,
  endedAfter: number | null,
): Promise<readonly WatchedActivation[]> {
  const values = [wearerIds, endedAfter === null ? null : new Date(endedAfter)]
  const rows = await inside.query<Row>(READ_ACTIVATIONS, values)
  return rows.map(row => ({
    id: asId(row.id),
    wearerId: asId(row.wearer_id),
    tagId: asId(row.tag_id),
    protocol: row.protocol,
    from: row.valid_from,
    to: row.valid_to,
  }))
}
