const firstDelayMs = 500
const longestDelayMs = 15_000

/**
 * How long to wait before the nth attempt to reconnect (0 = the first), in milliseconds: doubling, never more
 * than 15 s, and spread over its upper half so that a restarted gateway is not met by every console at once.
 * `random` is a number from 0 to 1.
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
