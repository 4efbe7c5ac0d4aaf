import { toError } from '../errors/cordon-error.ts'
import { withTimeout } from '../timing/with-timeout.ts'

export interface CheckResult {
  readonly ok: boolean
  /** For people: "12 connections", "lag 0.4 s". Without secrets or personal data. */
  readonly detail: string
}

/** Asks one dependency whether it works now. A throw means no. The signal is aborted when the check is given up on. */
export type ReadyCheck = (signal: AbortSignal) => Promise<CheckResult> | CheckResult

export interface CheckReport extends CheckResult {
  readonly name: string
  /** How long the check took, in milliseconds. */
  readonly ms: number
}

export interface ReadyReport {
  readonly ok: boolean
  readonly checks: readonly CheckReport[]
}

/** All checks at the same time, each for at most `timeoutMs`. */
export async function runChecks(checks: Readonly<Record<string, ReadyCheck>>, timeoutMs: number): Promise<ReadyReport> {
  const reports = await Promise.all(Object.entries(checks).map(([name, check]) => runCheck(name, check, timeoutMs)))
  return { ok: reports.every(report => report.ok), checks: reports }
}

async function runCheck(name: string, check: ReadyCheck, timeoutMs: number): Promise<CheckReport> {
  const startedAt = performance.now()
  const result = await withTimeout(name, timeoutMs, check).catch(
    (error: unknown): CheckResult => ({ ok: false, detail: toError(error).message }),
  )
  return { name, ok: result.ok, detail: result.detail, ms: Math.round(performance.now() - startedAt) }
}
