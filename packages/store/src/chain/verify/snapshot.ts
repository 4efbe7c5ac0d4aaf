import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { unmetered } from '../../connection/meter-statements.ts'
import { queryableOn } from '../../connection/run.ts'
import type { Queryable } from '../../connection/store.ts'
import { asStoreError } from '../../connection/store-error.ts'
import { valueParsers } from '../../connection/value-parsers.ts'

/** The database at one moment, to read only. */
export interface Snapshot extends Queryable {
  /** The bytes of binary COPY of a query. */
  copyOut(query: string): AsyncIterable<Buffer>
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 5_000

/** All that is read afterwards is of one snapshot, so that what is written meanwhile cannot look like a fault. */
export async function openSnapshot(url: string): Promise<Snapshot> {
  const client = new Client({
    connectionString: url,
    application_name: 'cordon-verify-chain',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: valueParsers,
  })
  client.on('error', () => undefined) // the statement under way is told
  try {
    await client.connect()
    await client.query('begin transaction isolation level repeatable read, read only')
  } catch (error) {
    await client.end().catch(() => undefined)
    throw asStoreError(error)
  }
  return {
    ...queryableOn(client, unmetered),
    copyOut: query => client.query(copyTo(`copy (${query}) to stdout (format binary)`)),
    close: () => client.end(),
  }
}
