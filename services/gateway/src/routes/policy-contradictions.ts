import { asId, type PolicyCreate, type PolicySettings, RISKS, type Risk, type ZoneId } from '@cordon/contract'
import { openPolicyBook } from '@cordon/watch'

type Name = keyof PolicySettings
/** The first must not be above the second: else the engine would end what it has just begun, or never begin it. */
const ORDERED: readonly (readonly [lower: Name, upper: Name])[] = [
  ['leastAccuracyM', 'worstAccuracyM'],
  ['possibleProbability', 'confirmedProbability'],
  ['exitProbability', 'possibleProbability'],
  ['nearMissProbability', 'possibleProbability'],
  ['batteryCriticalPercent', 'batteryWarnPercent'],
]

interface Contradiction {
  readonly field: string
  readonly detail: string
}

/** Where the settings of a policy contradict each other, for any risk and any zone; each place once. */
export function contradictions(policy: PolicyCreate): readonly Contradiction[] {
  const found = RISKS.flatMap(risk => ofRisk(policy, risk))
  return [...new Map(found.map(one => [`${one.field} ${one.detail}`, one])).values()]
}

function ofRisk(policy: PolicyCreate, risk: Risk): readonly Contradiction[] {
  const { defaults, risks, zones } = policy
  const book = openPolicyBook([{ version: 2, from: 0, defaults, risks, zones }], risk)
  const general = between(book.at(0), policy, [`/risks/${risk}`, '/defaults'])
  const ofZones = Object.keys(zones ?? {}).flatMap(id =>
    between(book.ofZone(0, asId<ZoneId>(id)), policy, [`/zones/${id}`, `/risks/${risk}`, '/defaults']),
  )
  return [...general, ...ofZones]
}

function between(settings: PolicySettings, policy: PolicyCreate, layers: readonly string[]): readonly Contradiction[] {
  return ORDERED.flatMap(([lower, upper]) => {
    if (settings[lower] <= settings[upper]) return []
    const field = [lower, upper].flatMap(name => saidAt(policy, layers, name))[0] ?? ''
    return [{ field, detail: `${lower} is ${settings[lower]}, above ${upper}, which is ${settings[upper]}` }]
  })
}

/** The layer that a setting comes from; none when it is the software's own. */
function saidAt({ defaults, risks, zones }: PolicyCreate, layers: readonly string[], name: Name): readonly string[] {
  const layer = layers.find(path => {
    const [, part = '', key = ''] = path.split('/')
    const some = { defaults, risks: risks?.[key as Risk], zones: zones?.[key] }[part]
    return some?.[name] !== undefined
  })
  return layer === undefined ? [] : [`${layer}/${name}`]
}
