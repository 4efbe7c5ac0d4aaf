/** One load of the suite, and what it is held against. */
export interface Mode {
  readonly name: string
  readonly tags: number
  /** Messages a second, and fixes in each. */
  readonly rate: number
  readonly items: number
  readonly readers: number
  readonly everything: number
  readonly ingestArgs: readonly string[]
  readonly aims: Aims
}

/** Of 600 MB. */
const MEMORY_MIB = Math.floor(600e6 / 2 ** 20)

/** Milliseconds from publishing to the position on the socket; MiB of ingest. */
export interface Aims {
  readonly toSocketP50?: number
  readonly toSocketP99?: number
  readonly ingestMiB?: number
}

/**
 * 25,000 wearers with ten zones each are 285 MiB that stay, of which 222 are heap. Node would let the heap grow to twice of it before it
 * collects; here it collects when it has grown by 15 of 100. With half of Node's young space it is 20 MiB smaller and no slower; with a
 * quarter of it, slower.
 */
const SMALL_HEAP = ['--heap-growing-percent=15', '--max-semi-space-size=8']

/** What a message leaves behind dies within a batch; with Node's 16 MiB of young space much of it is copied once before. */
const LARGE_YOUNG_SPACE = ['--max-semi-space-size=32']

export const MODES: readonly Mode[] = [
  mode('single fixes', { rate: 15_000, ingestArgs: LARGE_YOUNG_SPACE }),
  mode('messages of ten', { rate: 6_000, items: 10, ingestArgs: LARGE_YOUNG_SPACE }),
  mode('200 clients', { rate: 5_000, readers: 200, everything: 50, aims: { toSocketP50: 100, toSocketP99: 500 } }),
  mode('25,000 wearers', { tags: 25_000, rate: 5_000, ingestArgs: SMALL_HEAP, aims: { ingestMiB: MEMORY_MIB } }),
]

function mode(name: string, over: Partial<Mode>): Mode {
  return { name, tags: 2_000, rate: 1_000, items: 1, readers: 1, everything: 1, ingestArgs: [], aims: {}, ...over }
}
