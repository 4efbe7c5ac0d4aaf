export interface KeptLines {
  add(line: string): void
  text(): string
}

const LINES_KEPT = 30
/** As our own log writes it, and as PostgreSQL does. */
const FATAL = /"level":"fatal"|\bFATAL\b/

/** The last lines of a program, and the first that was fatal: what follows it is noise, and can be any amount. */
export function keepLines(): KeptLines {
  const last: string[] = []
  let firstFatal: string | undefined
  return {
    add: line => {
      if (firstFatal === undefined && FATAL.test(line)) firstFatal = line
      if (last.push(line) > LINES_KEPT) last.shift()
    },
    text: () => (firstFatal === undefined || last.includes(firstFatal) ? last : [firstFatal, '…', ...last]).join('\n'),
  }
}
