import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger, toError } from '@cordon/runtime'
import { type BrokerRecord, encodeRecord } from './records.ts'

export interface JournalOptions {
  readonly dir: string
  /** Everything that is kept now, as the records that would make it. */
  readonly snapshot: () => Iterable<BrokerRecord>
  readonly logger: Logger
  /** The file is written anew when it is longer than this (64 MiB) and than four times what the last snapshot took. */
  readonly compactBytes?: number
}

export const JOURNAL_FILE = 'journal'

const LAZY_MS = 100
const COMPACT_BYTES = 67_108_864

interface Waiting {
  readonly done: () => void
  readonly failed: (error: Error) => void
}

/**
 * One writer, one file. Records that arrive while a batch is being written and synced form the next batch, so that the
 * price of the disk (about 1 ms) is shared by all who wait for it. When the file has grown, or a batch could not be
 * written and nobody knows what is in the file, the next batch is a snapshot of the state in a new file, which then takes
 * the old one's place: the state already contains the records that wait.
 */
export class Journal {
  readonly #options: JournalOptions
  #file: FileHandle | undefined
  #size = 0
  #compactAt = 0
  #frames: Buffer[] = []
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #lazy: NodeJS.Timeout | undefined

  constructor(options: JournalOptions) {
    this.#options = options
  }

  /** Begins with a snapshot. Whatever the file held must be in the state by now. */
  async open(): Promise<void> {
    await this.#writeSnapshot()
  }

  /** Fulfilled when the record and all before it are on the disk. Rejects when they could not be written. */
  append(record: BrokerRecord): Promise<void> {
    this.#frames.push(encodeRecord(record))
    const written = new Promise<void>((done, failed) => this.#waiting.push({ done, failed }))
    this.#writing ??= Promise.resolve().then(() => this.#flushAll())
    return written
  }

  /** Written with the next batch, at the latest after 100 ms: for what may happen again after a crash. */
  appendLazily(record: BrokerRecord): void {
    this.#frames.push(encodeRecord(record))
    this.#lazy ??= setTimeout(() => {
      this.#lazy = undefined
      this.#writing ??= this.#flushAll()
    }, LAZY_MS)
  }

  async close(): Promise<void> {
    clearTimeout(this.#lazy)
    await this.#writing
    if (this.#frames.length > 0) await this.#flush()
    await this.#file?.close()
  }

  async #flushAll(): Promise<void> {
    do await this.#flush()
    while (this.#waiting.length > 0)
    this.#writing = undefined
  }

  async #flush(): Promise<void> {
    const settled = this.#waiting
    this.#waiting = []
    try {
      if (this.#size >= this.#compactAt) await this.#writeSnapshot()
      else await this.#writeBatch()
      for (const { done } of settled) done()
    } catch (error) {
      this.#compactAt = 0
      const { logger } = this.#options
      logger.error({ err: toError(error) }, 'the broker cannot write its journal: publishers are not acknowledged')
      for (const { failed } of settled) failed(toError(error))
    }
  }

  async #writeBatch(): Promise<void> {
    const batch = Buffer.concat(this.#frames.splice(0))
    if (this.#file === undefined) throw new Error('the journal is not open')
    await writeFully(this.#file, batch, this.#size)
    await this.#file.datasync()
    this.#size += batch.length
  }

  async #writeSnapshot(): Promise<void> {
    const { dir, snapshot, compactBytes = COMPACT_BYTES } = this.#options
    const path = join(dir, JOURNAL_FILE)
    const next = await open(`${path}.new`, 'w', 0o600)
    try {
      this.#frames = []
      const size = await writeAll(next, inChunks(snapshot()))
      await next.sync()
      await rename(`${path}.new`, path)
      await syncDirectory(dir)
      await this.#file?.close()
      this.#file = next
      this.#size = size
      this.#compactAt = Math.max(compactBytes, size * 4)
    } catch (error) {
      await next.close()
      throw error
    }
  }
}

const CHUNK_BYTES = 4_194_304

/** The records encoded, in pieces of about 4 MiB. Taken in one go, because the state goes on changing while they are written. */
function inChunks(records: Iterable<BrokerRecord>): Buffer[] {
  const chunks: Buffer[] = []
  let frames: Buffer[] = []
  let bytes = 0
  for (const record of records) {
    const frame = encodeRecord(record)
    frames.push(frame)
    bytes += frame.length
    if (bytes < CHUNK_BYTES) continue
    chunks.push(Buffer.concat(frames))
    frames = []
    bytes = 0
  }
  return [...chunks, Buffer.concat(frames)]
}

async function writeAll(file: FileHandle, chunks: readonly Buffer[]): Promise<number> {
  let position = 0
  for (const chunk of chunks) {
    await writeFully(file, chunk, position)
    position += chunk.length
  }
  return position
}

async function writeFully(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written)
    written += bytesWritten
  }
}

/** Without it the new name itself could be lost with the power. */
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
