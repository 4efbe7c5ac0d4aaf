/** Whether a batch of fixes may go by COPY, which fails on the first fix that is there already. */
export interface CopyGate {
  isOpen(rows: number): boolean
  /** A batch was written, and none of its fixes had been there. */
  passed(): void
  /** Something was there already, or a try failed and what it held comes again: the next batches go the way that minds duplicates. */
  shut(): void
}

/**
 * COPY shares its round trip (copy-in.ts), so it pays early. write.bench.ts, both sealed, TimescaleDB 2.19 (Apache-2), PostgreSQL 17,
 * two cores that were busy, CPU of the server in µs a row, insert and COPY: 10 rows 107 and 106, 100 rows 22 and 14, 300 rows 29 and
 * 10, 1,000 rows 15 and 7, 5,000 rows 11 and 5.
 */
const COPY_FROM_ROWS = 50
/** A tag that repeats itself and a broker that sends again do so for a while: then one COPY in a hundred batches is lost at most. */
const CALM_BATCHES = 100

/** Shut at first: after a start the broker sends again what was not acknowledged. */
export function createCopyGate(): CopyGate {
  let calm = 0
  return {
    isOpen: rows => rows >= COPY_FROM_ROWS && calm >= CALM_BATCHES,
    passed: () => {
      calm += 1
    },
    shut: () => {
      calm = 0
    },
  }
}
