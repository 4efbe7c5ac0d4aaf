import type { Wearer, WearerCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { WEARER } from './wearer-columns.ts'

const INSERT = {
  name: 'insert-wearer',
  text: `insert into wearers as w (name, reference, mappa_category, mappa_level, flags) values ($1, $2, $3, $4, $5)
         returning ${WEARER}`,
}

/** A reference that another wearer has violates `wearers_reference_key`. */
export async function insertWearer(database: Queryable, wearer: WearerCreate): Promise<Wearer> {
  const { name, reference, mappaCategory, mappaLevel, flags = [] } = wearer
  return onlyItem(await database.query(INSERT, [name, reference, mappaCategory ?? null, mappaLevel ?? null, flags]))
}
