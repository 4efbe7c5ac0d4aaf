/** What one other program made of the trace. */
export interface PeerFigures {
  readonly name: string
  readonly offered: number
  /** Fixes that it took in that time, a second. */
  readonly taken: number
  readonly cpuMicros: number
  readonly peakBytes: number
  readonly says: string
}
