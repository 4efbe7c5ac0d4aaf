import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@cordon/runtime'
import { JOURNAL_FILE } from './journal.ts'
import { type BrokerRecord, decodeRecord } from './records.ts'

const CHUNK_BYTES = 4_194_304

export interface ReadJournalOptions {
  readonly dir: string
  /** No record is longer. */
  readonly maxRecordBytes: number
  readonly logger: Logger
}

/**
 * Every whole record of the journal, in order. The last one may have been cut off by a crash, before anybody was told that
 * it is kept: it is dropped. Nothing when there is no journal.
 */
export async function* readJournal({ dir, maxRecordBytes, logger }: ReadJournalOptions): AsyncGenerator<BrokerRecord> {
  const file = await open(join(dir, JOURNAL_FILE), 'r').catch(ignoreMissing)
  if (file === undefined) return
  try {
    let pending: Buffer = Buffer.alloc(0)
    for await (const chunk of file.createReadStream({ highWaterMark: CHUNK_BYTES, autoClose: false })) {
      pending = Buffer.concat([pending, chunk as Buffer])
      const { records, end, damaged } = decodeAll(pending, maxRecordBytes)
      yield* records
      pending = pending.subarray(end)
      if (damaged) break
    }
    if (pending.length > 0) logger.warn({ droppedBytes: pending.length }, 'the end of the broker journal is cut off')
  } finally {
    await file.close()
  }
}

function decodeAll(bytes: Buffer, maxRecordBytes: number): { records: BrokerRecord[]; end: number; damaged: boolean } {
  const records: BrokerRecord[] = []
  for (let end = 0; ; ) {
    const decoded = decodeRecord(bytes, end, maxRecordBytes)
    if (decoded.kind !== 'record') return { records, end, damaged: decoded.kind === 'damaged' }
    records.push(decoded.record)
    end = decoded.end
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
