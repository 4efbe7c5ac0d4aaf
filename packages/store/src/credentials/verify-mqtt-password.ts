import { createHash, timingSafeEqual } from 'node:crypto'
import { asId, type ForwarderId, type TagId, type TagProtocol } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** `version`: which of its credentials it signed in with; they are counted from 1. */
export type MqttAccount = { readonly version: number } & (
  | { readonly kind: 'tag'; readonly tagId: TagId; readonly protocol: TagProtocol }
  | { readonly kind: 'forwarder'; readonly id: ForwarderId; readonly source: 'traccar' }
)

/** A tag signs in with its id. No tag id has a dot, so none can be taken for a forwarder. */
const FORWARDER_PREFIX = 'forwarder.'

const READ_TAG = {
  name: 'read-tag-credentials',
  text: `select protocol as word, password_hash, credentials_version as version from tags
         where id = $1 and revoked_at is null and password_hash is not null`,
}
const READ_FORWARDER = {
  name: 'read-forwarder-credentials',
  text: `select source as word, password_hash, credentials_version as version from forwarders
         where id = $1 and revoked_at is null`,
}

interface Row {
  readonly word: string
  readonly password_hash: Buffer
  readonly version: number
}

/** SHA-256 of the UTF-8 bytes: passwords are 192 random bits, which no word list holds and nobody can try through. */
export function hashMqttPassword(password: string): Buffer {
  return createHash('sha256').update(password, 'utf8').digest()
}

/** Whose user name and password these are; null when they are nobody's, or revoked. */
export async function verifyMqttPassword(
  database: Queryable,
  username: string,
  password: string,
): Promise<MqttAccount | null> {
  if (username.includes('\0')) return null // no text to PostgreSQL
  const isForwarder = username.startsWith(FORWARDER_PREFIX)
  const id = isForwarder ? username.slice(FORWARDER_PREFIX.length) : username
  const [row] = await database.query<Row>(isForwarder ? READ_FORWARDER : READ_TAG, [id])
  if (row === undefined || !isHashOf(row.password_hash, password)) return null
  const { word, version } = row
  return isForwarder
    ? { kind: 'forwarder', id: asId(id), source: word as 'traccar', version }
    : { kind: 'tag', tagId: asId(id), protocol: word as TagProtocol, version }
}

function isHashOf(stored: Buffer, password: string): boolean {
  const given = hashMqttPassword(password)
  return stored.length === given.length && timingSafeEqual(stored, given)
}
