import type { LiveSystem } from '@cordon/contract'
import type { Finding } from './finding.ts'

export interface HeardIngest {
  readonly name: string
  /** undefined: it has not been heard since this gateway was started. */
  readonly heartbeat: LiveSystem | undefined
  /** Milliseconds since its last word, by a clock that nobody can set. */
  readonly silentMs: number
}

export interface Circumstances {
  /** The gateway itself reads the database: what ingest says of it is more than a consequence. */
  readonly isDatabaseUp: boolean
  /** Its clock agrees with ours: what it says of ages by the clock can be believed. */
  readonly isClockRight: boolean
}

/** Heartbeats come every second. Three missing is late; eight, and it is gone: the console says so within 15 s of its death. */
const LATE_MS = 3_000
const DOWN_MS = 8_000
/** Seconds from received to committed above which positions and alerts are late. */
const LATE_LAG_SECONDS = 5
/** For how long a connection may be away that comes back by itself. */
const AWAY_SECONDS = 2
/** Its register is read twice a second. */
const NO_ANSWER_SECONDS = 5

/** What is wrong with an ingest: the worst of it first, or nothing. */
export function judgeIngest(heard: HeardIngest, circumstances: Circumstances): readonly Finding[] {
  const silent = judgeSilence(heard)
  if (silent !== undefined || heard.heartbeat === undefined) return silent === undefined ? [] : [silent]
  const own = judgeWork(heard.heartbeat, circumstances)
  const tags = own?.state === 'down' ? undefined : judgeTags(heard.heartbeat)
  return [own, tags, judgeFloods(heard.heartbeat)].flatMap(finding => finding ?? [])
}

function judgeSilence({ name, silentMs }: HeardIngest): Finding | undefined {
  if (silentMs <= LATE_MS) return undefined
  const [state, severity] = silentMs > DOWN_MS ? (['down', 'critical'] as const) : (['late', 'serious'] as const)
  const detail = `${name} is silent: nothing that its tags send is judged`
  return { part: name, feed: 'ingest', state, severity, detail, beforeMs: silentMs }
}

/** Blind (nothing is judged) is critical; late, or judged and not recorded, is serious. */
function judgeWork(heartbeat: LiveSystem, { isDatabaseUp, isClockRight }: Circumstances): Finding | undefined {
  const { ingest: part, sight, database } = heartbeat
  const blind = (detail: string, beforeMs = 0) =>
    ({ part, feed: 'ingest', state: 'down', severity: 'critical', detail, beforeMs }) as const
  const ofDatabase = isDatabaseUp ? {} : { isConsequence: true as const }
  if (sight !== undefined && sight.fullSince !== null) {
    const held = `it holds ${heartbeat.inFlight} messages and takes no more, the broker keeps them`
    return { ...blind(`${part} is blind for new fixes since ${sight.fullSince}: ${held}`), ...ofDatabase }
  }
  if (sight !== undefined && sight.brokerAwaySeconds > AWAY_SECONDS) {
    return blind(`${part} has no connection to the broker: nothing arrives`, sight.brokerAwaySeconds * 1_000)
  }
  if (!database) {
    const detail = `${part} has no database: it judges what it holds, and records nothing`
    return { ...blind(detail), severity: 'serious', ...ofDatabase }
  }
  const late = (detail: string) => ({ part, feed: 'ingest', state: 'late', severity: 'serious', detail }) as const
  if (sight !== undefined && sight.databaseAwaySeconds > NO_ANSWER_SECONDS) {
    return { ...late(`the database does not answer ${part}`), ...ofDatabase }
  }
  const behindSeconds = isClockRight ? heartbeat.lagSeconds : (sight?.oldestHeldSeconds ?? 0)
  return behindSeconds > LATE_LAG_SECONDS ? late(`${part} is behind`) : undefined
}

/** Nobody is blind for it, but of one wearer not everything is on record. Which tag it is stands in the quarantine, not on every screen. */
function judgeFloods({ ingest, sight }: LiveSystem): Finding | undefined {
  const count = sight?.tagsRefused ?? 0
  if (count === 0) return undefined
  const who = count === 1 ? '1 tag sends' : `${count} tags send`
  const detail = `${who} more than ${ingest} keeps of one: what is beyond is counted and refused (too-many in the quarantine)`
  return { part: `${ingest} tags`, feed: 'tags', state: 'late', severity: 'serious', detail }
}

function judgeTags({ ingest, sight }: LiveSystem): Finding | undefined {
  if (sight === undefined || sight.silentLimitSeconds === null) return undefined
  const { silentSeconds, silentLimitSeconds, tagsExpected } = sight
  if (silentSeconds <= silentLimitSeconds) return undefined
  const detail = `${ingest} receives nothing from any tag, although ${tagsExpected} are expected to report`
  const common = { part: `${ingest} fixes`, feed: 'fixes', severity: 'critical' } as const
  return { ...common, state: 'down', detail, beforeMs: silentSeconds * 1_000 }
}
