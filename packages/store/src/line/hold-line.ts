import { randomInt, randomUUID } from 'node:crypto'
import { backoff, type Logger, sleep, toError, withTimeout } from '@cordon/runtime'
import { Client } from 'pg'
import type { Store } from '../connection/store.ts'
import { asStoreError } from '../connection/store-error.ts'
import { fenceLine, LINE_LOCKS } from './fence-line.ts'

export interface LineOptions {
  readonly url: string
  /** Who holds it, for the record. */
  readonly instance: string
  readonly logger: Logger
  /** Another process has, or has had, the line: what this one knows of the tags is no longer the truth. */
  readonly onTaken: (reason: Error) => void
}

/** The right to judge and to write, which one process has at a time. */
export interface Line {
  /** True once this process has it for the first time; false when it was stopped before. */
  readonly turn: Promise<boolean>
  isHeld(): boolean
  /** The same store, each transaction of which is committed only if the line is held at that moment, else `database-unavailable`. */
  fence(store: Store): Store
  stop(): Promise<void>
}

const CONNECT_MS = 5_000
/** While another one holds it. */
const TRY_MS = 1_000
const BEAT_MS = 3_000
const ANSWER_MS = 5_000
/** The server ends a session of which nothing is heard: a holder that was stopped or cut off gives way to one that waits. */
const LEASE_MS = 15_000
/** Transactions under way of the last holder: the server ends one that does nothing after 30 s. */
const LAST_WORDS_MS = 40_000

/**
 * A lock of the database's, held by a connection of its own that says something every 3 s.
 *
 *   connecting → waiting → held → lost → connecting …
 *                                   └── somebody else had it meanwhile → taken (the end)
 *
 * Who gets it waits for the last transactions of whoever had it before, and a transaction of someone who has lost it cannot commit
 * (`fenceLine`): so what a new holder reads is all there is. Each holder leaves an entry in the audit log, by which one that lost
 * the connection and has it again knows whether it was alone.
 */
export function holdLine({ url, instance, logger, onTaken }: LineOptions): Line {
  const stopping = new AbortController()
  const waits = backoff({ minMs: 100, maxMs: 2_000, random: Math.random })
  let token: number | undefined
  let held = false
  /** Who this is, whatever its name. */
  const self = randomUUID()
  let firstEntry: string | undefined
  let settle: (isOurs: boolean) => void = () => undefined
  const turn = new Promise<boolean>(resolve => {
    settle = resolve
  })

  const hold = async (session: LineSession): Promise<'lost' | 'taken'> => {
    if (token !== undefined) await session.endGhost(token)
    for (let hasSaid = false; !(await session.tryLock()); hasSaid = true) {
      if (firstEntry !== undefined) return 'taken'
      if (!hasSaid) logger.warn({ instance }, 'another ingest holds the line: standing by until it ends')
      await sleep(TRY_MS, stopping.signal)
    }
    const fresh = randomInt(2, 2 ** 31)
    await session.sign(fresh)
    if (firstEntry !== undefined && (await session.lastHolder(firstEntry)) !== self) return 'taken'
    const entry = await session.enter(instance, self)
    firstEntry ??= entry
    token = fresh
    held = true
    waits.reset()
    settle(true)
    for (;;) {
      await sleep(BEAT_MS, session.lost(stopping.signal))
      await session.beat()
    }
  }

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const session = createSession(url, instance)
      const end = await session.open().then(
        () => hold(session).catch(() => 'lost' as const),
        (error: unknown) => {
          logger.debug({ err: toError(error) }, 'no connection for the line')
          return 'lost' as const
        },
      )
      if (held && !stopping.signal.aborted) logger.warn({ instance }, 'the line was lost: taking it again')
      held = false
      await session.close()
      if (end === 'taken') return onTaken(new Error('another ingest has had the line meanwhile'))
      await sleep(waits.next(), stopping.signal).catch(() => undefined)
    }
  }
  const ended = run()

  return {
    turn,
    isHeld: () => held,
    fence: store => fenceLine(store, () => (held ? token : undefined)),
    stop: async () => {
      stopping.abort()
      settle(false)
      await ended
    },
  }
}

type LineSession = ReturnType<typeof createSession>

/** One connection, and what is asked over it. */
function createSession(url: string, instance: string) {
  const client = new Client({
    connectionString: url,
    application_name: `${instance} line`,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: LAST_WORDS_MS,
    keepAlive: true,
    options: `-c idle_session_timeout=${LEASE_MS} -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3`,
  })
  const ended = new AbortController()
  client.on('error', () => ended.abort())
  client.on('end', () => ended.abort())
  const { space, holder, writers } = LINE_LOCKS
  const ask = async (text: string, values: readonly unknown[] = []) => {
    try {
      return (await client.query<{ value: unknown }>(text, [...values])).rows[0]?.value
    } catch (error) {
      throw asStoreError(error)
    }
  }
  return {
    open: () => client.connect(),
    lost: (stopped: AbortSignal) => AbortSignal.any([ended.signal, stopped]),
    /** Our own last session, which the server may still believe in. */
    endGhost: (token: number) =>
      ask(
        `select pg_terminate_backend(pid, 1000) as value from pg_locks
          where locktype = 'advisory' and classid = $1 and objid = $2 and pid <> pg_backend_pid()`,
        [space, token],
      ),
    tryLock: async () => (await ask('select pg_try_advisory_lock($1, $2) as value', [space, holder])) === true,
    /** Puts the token beside the lock, then waits until nobody writes under an older one. */
    sign: async (token: number) => {
      await ask('select pg_advisory_lock($1, $2) as value', [space, token])
      await ask('select pg_advisory_lock($1, $2) as value', [space, writers])
      await ask('select pg_advisory_unlock($1, $2) as value', [space, writers])
    },
    lastHolder: (since: string) =>
      ask(
        `select detail ->> 'process' as value from audit_entries where id >= $1 and what = 'take-line' order by id desc limit 1`,
        [since],
      ),
    enter: async (who: string, self: string) =>
      String(
        await ask(`insert into audit_entries (who, what, detail) values ($1, 'take-line', $2) returning id as value`, [
          who,
          JSON.stringify({ process: self }),
        ]),
      ),
    beat: () => withTimeout('the line’s connection', ANSWER_MS, () => ask('select 1 as value')),
    close: () => withTimeout('closing the line’s connection', 1_000, () => client.end()).catch(() => undefined),
  }
}
