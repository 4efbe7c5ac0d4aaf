import type { Queryable } from '../connection/store.ts'
import { decodeCursor, encodeCursor, type KeyType } from './cursor.ts'
import { dropNulls } from './select.ts'

export interface PageRequest {
  readonly cursor?: string | undefined
  /** Rows at most. */
  readonly limit: number
}

export interface Page<Item> {
  readonly items: Item[]
  /** Null when there is nothing after these. */
  readonly next: string | null
}

/** A list in one order that no two rows share, so that a page can begin exactly after the last row of the one before. */
export interface List {
  readonly name: string
  /** The columns, named as on the wire. */
  readonly select: string
  readonly from: string
  readonly keys: readonly { readonly column: string; readonly type: KeyType }[]
  readonly order: 'asc' | 'desc'
  /** Columns whose null is said, not left out. */
  readonly nullable?: readonly string[]
}

/** A condition in which `?` stands for the value; left out when the value is undefined. */
export type Filter = readonly [condition: string, value: unknown]

/** One page by keyset: as fast for the last page as for the first, and unshaken by rows that come in between. */
export async function readPage<Item extends object>(
  database: Queryable,
  list: List,
  filters: readonly Filter[],
  page: PageRequest,
): Promise<Page<Item>> {
  const { where, values } = conditions(list, filters, page)
  const keys = list.keys.map(({ column }, i) => `${column}::text as key_${i}`)
  // Without a name, so that it is planned anew for the filters that are there.
  const rows = await database.query<Record<string, unknown>>(
    `select ${[list.select, ...keys].join(', ')} from ${list.from}${where}
     order by ${list.keys.map(({ column }) => `${column} ${list.order}`).join(', ')} limit ${page.limit + 1}`,
    values,
  )
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    items: shown.map(row => dropNulls<Item>(withoutKeys(row), list.nullable)),
    next: last === undefined ? null : encodeCursor(list.name, keysOf(list, last)),
  }
}

function conditions(list: List, filters: readonly Filter[], { cursor }: PageRequest) {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const given = filters.filter(([, value]) => value !== undefined)
  const clauses = given.map(([condition, value]) => condition.replaceAll('?', bind(value)))
  if (cursor !== undefined) clauses.push(after(list, cursor, bind))
  return { where: clauses.length === 0 ? '' : ` where ${clauses.map(clause => `(${clause})`).join(' and ')}`, values }
}

function after({ name, keys, order }: List, cursor: string, bind: (value: unknown) => string): string {
  const texts = decodeCursor(
    cursor,
    name,
    keys.map(({ type }) => type),
  )
  const bound = keys.map(({ type }, i) => `${bind(texts[i])}::${type}`)
  return `(${keys.map(({ column }) => column).join(', ')}) ${order === 'asc' ? '>' : '<'} (${bound.join(', ')})`
}

const KEY = /^key_\d$/
const withoutKeys = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !KEY.test(name)))
const keysOf = ({ keys }: List, row: Record<string, unknown>) => keys.map((_, i) => String(row[`key_${i}`]))
