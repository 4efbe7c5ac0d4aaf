import type { Edition, Queryable } from './store.ts'

interface Row {
  readonly version: string | null
  readonly license: string | null
}

export interface DetectedEdition {
  readonly edition: Edition
  /** Of the TimescaleDB extension; null when it is not in this database. */
  readonly timescaleVersion: string | null
}

const DETECT = {
  name: 'detect-edition',
  text: `select (select extversion from pg_extension where extname = 'timescaledb') as version,
                current_setting('timescaledb.license', true) as license`,
}

/** Which edition this database is, by its own word. Only after the migrations: they create the extension. */
export async function detectEdition(database: Queryable): Promise<DetectedEdition> {
  const [row] = await database.query<Row>(DETECT)
  const timescaleVersion = row?.version ?? null
  return { edition: editionOf(timescaleVersion, row?.license ?? null), timescaleVersion }
}

/** The licence setting is there as soon as the library is preloaded, also in a database without the extension. */
export function editionOf(timescaleVersion: string | null, license: string | null): Edition {
  if (timescaleVersion === null) return 'plain'
  return license === 'timescale' ? 'community' : 'apache'
}
