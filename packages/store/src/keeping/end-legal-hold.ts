import type { LegalHold } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { LEGAL_HOLD } from './legal-hold.ts'

const END = {
  name: 'end-legal-hold',
  text: `update legal_holds h set valid_to = clock_timestamp(), ended_by = $2, end_reason = $3
          where h.id = $1 and (h.valid_to is null or h.valid_to > clock_timestamp()) returning ${LEGAL_HOLD}`,
}

/** `by` is the account name of whoever ends it. Undefined when there is none that is in force. */
export async function endLegalHold(
  database: Queryable,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<LegalHold | undefined> {
  return firstItem(await database.query(END, [id, by, reason]))
}
