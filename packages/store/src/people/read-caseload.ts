import type { Queryable } from '../connection/store.ts'
import { wearerInCaseload } from './caseload.ts'

const [SEES] = wearerInCaseload('w.id', undefined)
const READ = {
  name: 'read-caseload',
  text: `select w.id from wearers w where ${SEES.replaceAll('?', '$1')}`,
}

/** Ids of the wearers whom an officer sees now. */
export async function readCaseload(database: Queryable, officer: string): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ id: string }>(READ, [officer])
  return new Set(rows.map(({ id }) => id))
}
