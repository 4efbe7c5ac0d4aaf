import { createHash } from 'node:crypto'
import type { Queryable } from '../connection/store.ts'
import type { QuarantineItem } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_PAYLOADS = {
  name: 'insert-quarantine-payloads',
  text: `
    insert into quarantine_payloads (digest, payload)
    select * from unnest($1::bytea[], $2::bytea[]) as row (digest, payload)
    order by digest
    on conflict do nothing`,
}

/** `seen` counts receipts: the same receipt written again has no later time and adds nothing. */
const UPSERT_ITEMS = {
  name: 'upsert-quarantine',
  text: `
    insert into quarantine (digest, received_at, last_received_at, seen, topic, tag_id, code, field, detail, item_index, payload_digest)
    select decode(digest, 'hex'), received_at, last_received_at, seen, topic, tag_id, code, field, detail, item_index,
           decode(payload_digest, 'hex')
      from json_to_recordset($1) as row
        (digest text, received_at timestamptz, last_received_at timestamptz, seen bigint, topic text, tag_id text, code text,
         field text, detail text, item_index integer, payload_digest text)
     order by digest
    on conflict (digest) do update
      set seen = quarantine.seen + excluded.seen, last_received_at = excluded.last_received_at
      where quarantine.last_received_at < excluded.last_received_at`,
}

interface Group {
  readonly item: QuarantineItem
  readonly payloadDigest: string
  seen: number
  lastReceivedAt: number
}

/** Keeps the bytes of each message once and each of its bad items once, however often they come. */
export async function upsertQuarantine(database: Queryable, items: readonly QuarantineItem[]): Promise<void> {
  const payloads = digestPayloads(items)
  const groups = groupItems(items, payloads)
  const rows = [...groups].map(([digest, group]) => toRow(digest, group))
  const byDigest = new Map([...payloads].map(([payload, digest]) => [digest, payload]))
  await Promise.all([
    database.execute(INSERT_PAYLOADS, [
      [...byDigest.keys()].map(digest => Buffer.from(digest, 'hex')),
      [...byDigest.values()].map(payload => Buffer.from(payload)),
    ]),
    database.execute(UPSERT_ITEMS, [toJsonRows(rows)]),
  ])
}

/** Per message, not per item: a message may hold a thousand bad items. */
function digestPayloads(items: readonly QuarantineItem[]): Map<Uint8Array, string> {
  const payloads = new Map<Uint8Array, string>()
  for (const { payload } of items) if (!payloads.has(payload)) payloads.set(payload, sha256(payload))
  return payloads
}

function groupItems(
  items: readonly QuarantineItem[],
  payloads: ReadonlyMap<Uint8Array, string>,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  for (const item of items) {
    const { code, field, index } = item.rejection
    const payloadDigest = payloads.get(item.payload) ?? sha256(item.payload)
    const digest = sha256(JSON.stringify([payloadDigest, item.topic, code, field, index]))
    const group = groups.get(digest) ?? { item, payloadDigest, seen: 0, lastReceivedAt: item.receivedAt }
    group.seen += item.seen ?? 1
    group.lastReceivedAt = Math.max(group.lastReceivedAt, item.receivedAt)
    groups.set(digest, group)
  }
  return groups
}

function toRow(digest: string, { item, payloadDigest, seen, lastReceivedAt }: Group): object {
  const { rejection } = item
  return {
    digest,
    received_at: toInstant(item.receivedAt),
    last_received_at: toInstant(lastReceivedAt),
    seen,
    topic: item.topic,
    tag_id: item.tagId,
    code: rejection.code,
    field: rejection.field,
    detail: rejection.detail,
    item_index: rejection.index,
    payload_digest: payloadDigest,
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
