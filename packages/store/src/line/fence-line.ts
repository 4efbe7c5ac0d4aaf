import { createError } from '@cordon/runtime'
import type { Queryable, Store } from '../connection/store.ts'

/** Numbers of the advisory locks, all in one space: who holds the line, who writes under it; every greater one is a holder's token. */
export const LINE_LOCKS = { space: 0x434f5244, holder: 0, writers: 1 } as const

const ENTER = { name: 'fence-enter', text: 'select pg_advisory_xact_lock_shared($1, $2)' }
const CHECK = {
  name: 'fence-check',
  text: `select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
           and database = (select oid from pg_database where datname = current_database())`,
}

/**
 * Transactions of whoever has lost the line do not commit. Each takes the writers' lock, shared, and then looks whether the token
 * is still there; a new holder takes that lock alone, after it has the line and before it reads anything. So a transaction either
 * ends before the new holder reads, or finds its token gone. Both statements travel behind the first one of the transaction (which
 * may have to be SET TRANSACTION), with the others: no round trip.
 */
export function fenceLine(store: Store, token: () => number | undefined): Store {
  return {
    ...store,
    transaction: work =>
      store.transaction(async inside => {
        let checked: Promise<void> | undefined
        const after = <T>(sent: T): T => {
          checked ??= check(inside, token())
          // told below; the statements of `work` may fail first
          checked.catch(() => undefined)
          return sent
        }
        const result = await work({
          query: (statement, values) => after(inside.query(statement, values)),
          execute: (statement, values) => after(inside.execute(statement, values)),
          copy: (text, rows) => after(inside.copy(text, rows)),
        })
        await checked
        return result
      }),
  }
}

async function check(inside: Queryable, token: number | undefined): Promise<void> {
  if (token === undefined) throw notOurs()
  const { space, writers } = LINE_LOCKS
  // sent in this order, and so done in it
  const [, found] = await Promise.all([inside.execute(ENTER, [space, writers]), inside.query(CHECK, [space, token])])
  if (found.length === 0) throw notOurs()
}

const notOurs = () => createError('database-unavailable', 'this ingest does not hold the line at present')
