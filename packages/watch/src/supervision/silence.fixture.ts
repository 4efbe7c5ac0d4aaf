import type { KnownSilence } from './known-silence.ts'
import {
  hear,
  listen,
  neverHeard,
  type SilenceContext,
  type SilenceState,
  type SupervisionPlan,
  silenceView,
} from './silence.ts'

export const START = Date.UTC(2026, 4, 4, 9)
export const MINUTE = 60_000
export const at = (minutes: number) => START + minutes * MINUTE

/** Fifteen minutes. */
export const PLAN: SupervisionPlan = {
  version: 4,
  fixIntervalMs: MINUTE,
  uploadIntervalMs: 5 * MINUTE,
  graceMs: 10 * MINUTE,
}
export const CONTEXT: SilenceContext = {
  plan: PLAN,
  risk: 'standard',
  activation: { from: START, to: null },
  known: null,
  after: null,
}
export const SUSPENDED: KnownSilence = { kind: 'suspended', detail: 'in hospital' }

/** A service that ticks every minute; says in which minute a silence was first told, and how it ended. */
export class Service {
  state: SilenceState = neverHeard
  context = CONTEXT
  minute = 0
  listening = true
  readonly told: string[] = []

  hear(): this {
    this.state = hear(this.state, at(this.minute))
    this.#note()
    return this
  }

  tick(minutes = 1, stepMin = 1): this {
    for (let end = this.minute + minutes; this.minute < end; ) {
      this.minute += stepMin
      const result = listen(this.state, { at: at(this.minute), listening: this.listening }, this.context)
      this.state = result.state
      this.#note(result.view)
    }
    return this
  }

  /** Away and back: the state comes from the store. */
  restart(awayMin: number): this {
    this.minute += awayMin
    this.state = JSON.parse(JSON.stringify(this.state))
    return this
  }

  #note(view = silenceView(this.state)): void {
    if (view === undefined) return
    const since = (view.beganAt - START) / MINUTE
    const end = view.endedAt === null ? '' : ` ${view.conclusion} at ${(view.endedAt - START) / MINUTE}`
    const text = `${view.severity} since ${since}${end}`
    if (this.told.at(-1)?.endsWith(text) !== true) this.told.push(`${this.minute}: ${text}`)
  }
}
