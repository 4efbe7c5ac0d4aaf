import { randomBytes } from 'node:crypto'
import { hashMqttPassword, type Store } from '@cordon/store'
import { homeOf, type Place, zonesOf } from './places.ts'

/** A tag fitted to a wearer of its own, with an order and zones. */
export interface RegisteredTag {
  readonly id: string
  readonly password: string
  readonly home: Place
}

export interface RegisterOptions {
  readonly tags: number
  readonly zones: number
  readonly vertices: number
}

export function planTags(tags: number): readonly RegisteredTag[] {
  return Array.from({ length: tags }, (_, index) => ({
    id: `L${String(index + 1).padStart(6, '0')}`,
    password: randomBytes(24).toString('base64url'),
    home: homeOf(index, tags),
  }))
}

const SINCE = new Date(Date.UTC(2020, 0, 1))
const ZONES_AT_ONCE = 2_000

/** Registers everybody in an empty database, in bulk: over HTTP 2,000 wearers with ten zones each are 48,000 requests. */
export async function registerAll(
  store: Store,
  tags: readonly RegisteredTag[],
  options: RegisterOptions,
): Promise<void> {
  await store.execute(
    `insert into tags (id, protocol, password_hash) select id, 'cordon', hash from unnest($1::text[], $2::bytea[]) as t (id, hash)`,
    [tags.map(({ id }) => id), tags.map(({ password }) => hashMqttPassword(password))],
  )
  await store.execute(`insert into wearers (name, reference) select 'Wearer ' || id, id from tags order by id`)
  await store.execute(
    `insert into orders (wearer_id, type, valid_from) select id, 'licence', $1 from wearers order by id`,
    [SINCE],
  )
  await store.execute(
    `insert into activations (wearer_id, tag_id, valid_from) select id, reference, $1 from wearers order by id`,
    [SINCE],
  )
  await registerZones(store, tags, options)
}

/** A zone's name is its tag and number: by it each is bound to its wearer's order. */
async function registerZones(
  store: Store,
  tags: readonly RegisteredTag[],
  { zones, vertices }: RegisterOptions,
): Promise<void> {
  const people = Math.max(1, Math.floor(ZONES_AT_ONCE / Math.max(1, zones)))
  for (let from = 0; from < tags.length; from += people) {
    const rows = tags
      .slice(from, from + people)
      .flatMap(({ id, home }) => zonesOf(home, zones, vertices).map(geometry => ({ tag: id, geometry })))
    await store.execute(INSERT_ZONES, [JSON.stringify(rows), SINCE])
  }
}

const INSERT_ZONES = `
  with given as (select row_number() over () as place, * from json_to_recordset($1) as row (tag text, geometry jsonb)),
  made as (insert into zones (kind) select 'exclusion' from given returning id),
  numbered as (select row_number() over (order by id) as place, id from made),
  versions as (
    insert into zone_versions (zone_id, version, name, geometry, valid_from, created_by)
    select id, 1, tag || '/' || place, geometry, $2, 'load' from given join numbered using (place)
  )
  insert into conditions (order_id, zone_id, valid_from)
  select orders.id, numbered.id, $2
    from given join numbered using (place) join wearers on reference = tag join orders on wearer_id = wearers.id`
