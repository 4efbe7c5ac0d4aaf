/** Bytes of messages held at most, beside their number: a message may be 1 MB, a fix is 150 bytes. */
export const MAX_HELD_BYTES = 64 * 1024 * 1024

/** What is held, over whichever connections it came, and whether reading has stopped because it is enough. */
export function createHold(receiveMaximum: number) {
  let count = 0
  let bytes = 0
  let isFull = false
  return {
    /** True when reading is to stop now. */
    take: (size: number): boolean => {
      count++
      bytes += size
      if (isFull || (count < receiveMaximum && bytes < MAX_HELD_BYTES)) return false
      isFull = true
      return true
    },
    release: (size: number) => {
      count--
      bytes -= size
    },
    /** True when reading had stopped and is to go on now. */
    mayGoOn: (): boolean => {
      if (!isFull || count > receiveMaximum / 2 || bytes > MAX_HELD_BYTES / 2) return false
      isFull = false
      return true
    },
    isFull: () => isFull,
    /** Each connection brings again what is held of the last one: with so much there is to be no new one. */
    isTooMuch: () => count >= 2 * receiveMaximum || bytes >= 2 * MAX_HELD_BYTES,
    count: () => count,
    bytes: () => bytes,
  }
}
