/** An instant as the interfaces write it: RFC 3339, UTC, milliseconds. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A row whose columns are named as on the wire: what is null there is absent on the wire, except the `nullable` ones. */
export function dropNulls<Item extends object>(row: object, nullable: readonly string[] = []): Item {
  const entries = Object.entries(row).filter(([name, value]) => value !== null || nullable.includes(name))
  // Parsed at the edge: the select list is written beside the type that it makes.
  return Object.fromEntries(entries) as Item
}

/** The first row as an item, or nothing. */
export function firstItem<Item extends object>(
  rows: readonly object[],
  nullable: readonly string[] = [],
): Item | undefined {
  const [row] = rows
  return row === undefined ? undefined : dropNulls<Item>(row, nullable)
}

/** The row that an `insert … returning` cannot but give. */
export function onlyItem<Item extends object>(rows: readonly object[]): Item {
  const item = firstItem<Item>(rows)
  if (item === undefined) throw new Error('a statement that returns its row returned none')
  return item
}
