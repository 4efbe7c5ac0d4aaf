import type { Queryable } from '@cordon/store'

const COLUMNS = `
  select table_name as "table", column_name as "column", data_type as "type" from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
   where table_schema = 'public' and table_type = 'BASE TABLE'
     and (data_type in ('text', 'jsonb', 'bytea', 'ARRAY', 'character varying', 'json', 'uuid', 'double precision', 'real', 'numeric'))
   order by 1, 2`

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
}

/** Where a text stands in the whole database, as `table.column`: in every column of text, JSON, bytes, arrays, uuids and numbers. */
export async function findText(database: Queryable, text: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const { table, column, type } of await database.query<Column>(COLUMNS)) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
    const sql = `select from "${table}" where position(lower($1) in lower(${value})) > 0 limit 1`
    if ((await database.query(sql, [text])).length > 0) found.push(`${table}.${column}`)
  }
  return found
}
