import type { PolicySettings, Risk, ZoneId } from '@cordon/contract'
import { DEFAULT_RISKS, DEFAULT_SETTINGS, type WatchPolicy } from './policy.ts'

type Some = Partial<PolicySettings>

/** One version of the policy, in force from `from` (epoch ms) until the next. It names what it changes. */
export interface PolicyVersion {
  readonly version: number
  readonly from: number
  readonly defaults?: Some | undefined
  readonly risks?: Readonly<Partial<Record<Risk, Some>>> | undefined
  readonly zones?: Readonly<Record<string, Some>> | undefined
}

/** The policies of one wearer: what was measured at a time is judged by the version that was in force then. */
export interface PolicyBook {
  /** The most of any version and zone: how far round a fix there is anything to be judged by it. */
  readonly farSigmas: number
  /** The shortest and the longest of any version and zone. */
  readonly grace: Readonly<
    Record<'absenceGraceMs' | 'presenceGraceMs', { readonly least: number; readonly most: number }>
  >
  at(time: number): WatchPolicy
  /** The same with what the version says of that zone. */
  ofZone(time: number, zoneId: ZoneId): WatchPolicy
}

const FIRST: PolicyVersion = { version: 1, from: Number.NEGATIVE_INFINITY }

/** One book for all wearers of a risk: it is in use with every fix, and small enough to stay in the processor's cache. */
const books = new WeakMap<readonly PolicyVersion[], Map<Risk, PolicyBook>>()

export function openPolicyBook(versions: readonly PolicyVersion[], risk: Risk): PolicyBook {
  const ofVersions = books.get(versions) ?? new Map<Risk, PolicyBook>()
  books.set(versions, ofVersions)
  const book = ofVersions.get(risk) ?? writeBook(versions, risk)
  ofVersions.set(risk, book)
  return book
}

function writeBook(versions: readonly PolicyVersion[], risk: Risk): PolicyBook {
  const newestFirst = [FIRST, ...versions].sort((a, b) => b.from - a.from || b.version - a.version).map(toPage(risk))
  const pageAt = (time: number): Page => {
    for (const page of newestFirst) if (page.from <= time) return page
    return newestFirst.at(-1) as Page
  }
  const all = newestFirst.flatMap(({ general, zones }) => [general, ...zones.values()])
  const rangeOf = (key: 'absenceGraceMs' | 'presenceGraceMs') => {
    const values = all.map(policy => policy[key])
    return { least: Math.min(...values), most: Math.max(...values) }
  }
  return {
    grace: { absenceGraceMs: rangeOf('absenceGraceMs'), presenceGraceMs: rangeOf('presenceGraceMs') },
    farSigmas: Math.max(...all.map(({ farSigmas }) => farSigmas)),
    at: time => pageAt(time).general,
    ofZone: (time, zoneId) => {
      const { general, zones } = pageAt(time)
      return zones.get(zoneId) ?? general
    },
  }
}

interface Page {
  readonly from: number
  readonly general: WatchPolicy
  readonly zones: ReadonlyMap<string, WatchPolicy>
}

function toPage(risk: Risk): (version: PolicyVersion) => Page {
  return ({ version, from, defaults, risks, zones = {} }) => {
    const general = { ...DEFAULT_SETTINGS, ...DEFAULT_RISKS[risk], ...defaults, ...risks?.[risk], version }
    const ofZones = Object.entries(zones).map(([id, some]) => [id, { ...general, ...some }] as const)
    return { from, general, zones: new Map(ofZones) }
  }
}
