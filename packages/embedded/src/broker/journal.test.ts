import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@cordon/runtime'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { BrokerState } from './broker-state.ts'
import { JOURNAL_FILE, Journal } from './journal.ts'
import { readJournal } from './read-journal.ts'
import type { BrokerRecord } from './records.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const dirs: string[] = []

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-journal-'))
  dirs.push(dir)
  return dir
}

async function readAll(dir: string): Promise<BrokerRecord[]> {
  const records: BrokerRecord[] = []
  for await (const record of readJournal({ dir, maxRecordBytes: 1_000_000, logger })) records.push(record)
  return records
}

async function restore(dir: string): Promise<BrokerState> {
  const state = new BrokerState()
  for (const record of await readAll(dir)) state.apply(record)
  return state
}

/** Everything that can be asked of a state, in a form that can be compared. */
function contentOf(state: BrokerState) {
  return {
    sessions: [...state.sessions.values()].map(({ number, clientId, subscriptions, queue }) => ({
      ...{ number, clientId, subscriptions: [...subscriptions] },
      queue: [...queue.values()].map(({ seq, topic, payload, waiting }) => [
        seq,
        topic,
        payload.toString('hex'),
        waiting,
      ]),
    })),
    interested: ['a', 'b', 'c'].map(topic => [...state.interested(topic)].map(({ clientId }) => clientId).toSorted()),
    retained: [...state.retained.values()].map(({ topic, payload }) => [topic, payload.toString('hex')]),
    wills: [...state.wills.values()].map(({ clientId, topic }) => [clientId, topic]),
    queuedBytes: state.queuedBytes,
  }
}

async function fill(dir: string, messages: number, compactBytes?: number): Promise<BrokerState> {
  const state = new BrokerState()
  const more = compactBytes === undefined ? {} : { compactBytes }
  const journal = new Journal({ dir, logger, snapshot: () => state.snapshot(), ...more })
  await journal.open()
  const commit = (record: BrokerRecord): Promise<void> => {
    state.apply(record)
    return journal.append(record)
  }
  await commit({ kind: 'session', session: 1, clientId: 'ingest' })
  await commit({ kind: 'subscribe', session: 1, filter: 'a', qos: 1 })
  const payload = Buffer.from('{"lat":52}')
  const written = Array.from({ length: messages }, (_, n) =>
    commit({ kind: 'message', seq: n + 1, sessions: [1], topic: 'a', payload }),
  )
  await Promise.all(written)
  await journal.close()
  return state
}

const sessions = fc.integer({ min: 1, max: 3 })
const seqs = fc.integer({ min: 1, max: 6 })
const topics = fc.constantFrom('a', 'b', 'c')
const payloads = fc.uint8Array({ maxLength: 5 }).map(bytes => Buffer.from(bytes))
const qos = fc.constantFrom<0 | 1>(0, 1)
const someRecord: fc.Arbitrary<BrokerRecord> = fc.oneof(
  fc.record({ kind: fc.constant('forget' as const), session: sessions }),
  fc.record({ kind: fc.constant('subscribe' as const), session: sessions, filter: topics, qos }),
  fc.record({ kind: fc.constant('unsubscribe' as const), session: sessions, filter: topics }),
  fc.record({ kind: fc.constant('also' as const), seq: seqs, session: sessions }),
  fc.record({ kind: fc.constant('done' as const), seq: seqs, session: sessions }),
  fc.record({ kind: fc.constant('retain' as const), topic: topics, qos, payload: payloads }),
)

describe('the journal of the broker', () => {
  it('gives back every record, whatever is in it', async () => {
    const dir = newDir()
    const state = await fill(dir, 1_000)
    expect(contentOf(await restore(dir))).toEqual(contentOf(state))
  })

  it('can be cut off at any byte: what was whole before is there, in order', async () => {
    const dir = newDir()
    await fill(dir, 3)
    const whole = readFileSync(join(dir, JOURNAL_FILE))
    const records = await readAll(dir)
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(join(dir, JOURNAL_FILE), whole.subarray(0, length))
      const found = await readAll(dir)
      expect(found).toEqual(records.slice(0, found.length))
      expect(found.length).toBeLessThan(records.length)
    }
  })

  it('stops at a byte that has changed', async () => {
    const dir = newDir()
    await fill(dir, 3)
    const whole = readFileSync(join(dir, JOURNAL_FILE))
    whole[whole.length - 3] = (whole.at(-3) ?? 0) ^ 1
    writeFileSync(join(dir, JOURNAL_FILE), whole)
    expect(await readAll(dir)).toHaveLength(4)
  })

  it('is written anew when it has grown, with what is still needed', async () => {
    const dir = newDir()
    const state = new BrokerState()
    const journal = new Journal({ dir, logger, snapshot: () => state.snapshot(), compactBytes: 2_000 })
    await journal.open()
    const records: BrokerRecord[] = [{ kind: 'session', session: 1, clientId: 'ingest' }]
    for (let seq = 1; seq <= 500; seq += 1) {
      records.push({ kind: 'message', seq, sessions: [1], topic: 'a', payload: Buffer.alloc(100) })
      if (seq > 3) records.push({ kind: 'done', seq: seq - 3, session: 1 })
    }
    for (const record of records) {
      state.apply(record)
      await journal.append(record)
    }
    await journal.close()
    expect(statSync(join(dir, JOURNAL_FILE)).size).toBeLessThan(5_000)
    expect(contentOf(await restore(dir))).toEqual(contentOf(state))
  })

  it('rejects while the disk takes nothing, and has everything once it does again', async () => {
    const dir = newDir()
    const state = new BrokerState()
    const journal = new Journal({ dir, logger, snapshot: () => state.snapshot(), compactBytes: 0 })
    await journal.open()
    const commit = (record: BrokerRecord): Promise<void> => {
      state.apply(record)
      return journal.append(record)
    }
    // /dev/full says that the disk is full to every write.
    symlinkSync('/dev/full', join(dir, `${JOURNAL_FILE}.new`))
    await expect(commit({ kind: 'session', session: 1, clientId: 'ingest' })).rejects.toThrow('ENOSPC')
    rmSync(join(dir, `${JOURNAL_FILE}.new`))
    await commit({ kind: 'subscribe', session: 1, filter: 'a', qos: 1 })
    await journal.close()
    expect(contentOf(await restore(dir))).toEqual(contentOf(state))
  })

  it('has a snapshot that makes the same state again, after any history', () => {
    fc.assert(
      fc.property(fc.array(someRecord, { maxLength: 40 }), history => {
        const state = new BrokerState()
        for (const session of [1, 2, 3]) state.apply({ kind: 'session', session, clientId: `c${session}` })
        for (const seq of [1, 2, 3, 4, 5, 6]) {
          state.apply({ kind: 'message', seq, sessions: [(seq % 3) + 1], topic: 'a', payload: Buffer.alloc(seq) })
        }
        for (const record of history) state.apply(record)
        const copy = new BrokerState()
        for (const record of state.snapshot()) copy.apply(record)
        const inOrder = ({ sessions: list, ...rest }: ReturnType<typeof contentOf>) => ({
          ...rest,
          sessions: list.map(({ queue, ...session }) => ({
            ...session,
            queue: queue.map(entry => entry.join()).toSorted(),
          })),
        })
        expect(inOrder(contentOf(copy))).toEqual(inOrder(contentOf(state)))
      }),
    )
  })
})
