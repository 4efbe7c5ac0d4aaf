import { type Compared, type Comparison, extentOf } from './compare-judged.ts'

/** One judgement with what it was judged on, for people; of one that is otherwise both tellings. */
export function renderComparison({ id, verdict, recorded, now }: Comparison): string {
  const said = recorded ?? now
  if (said === null) return `${verdict} ${id}`
  const head = `${verdict.padEnd(14)} ${id}  ${titleOf(said)}`
  if (verdict === 'same') return [head, ...factsOf(said)].join('\n')
  const part = (name: string, of: Compared | null) =>
    of === null ? [`    ${name}: nothing`] : [`    ${name}: ${titleOf(of)}`, ...factsOf(of)]
  return [head, ...part('on record', recorded), ...part('now', now)].join('\n')
}

function titleOf(said: Compared): string {
  const { from, to } = extentOf(said)
  const time = `${iso(from)} to ${to === null ? 'now' : iso(to)}`
  switch (said.type) {
    case 'incident':
      return `${said.kind}, ${time}, ${said.certainty}, ${said.severity}${said.conclusion === null ? '' : `, ${said.conclusion}`}`
    case 'visit':
      return `visit, ${time}${said.disproved ? ', disproved' : ''}`
    case 'near-miss':
      return `near miss, ${time}`
  }
}

/** What it was judged on. */
function factsOf(said: Compared): readonly string[] {
  const reason = said.type === 'near-miss' ? said : said.reason
  const lines = [`${reason.text}`, `fixes ${reason.fixes.join(' ')}; policy version ${reason.policyVersion}`]
  if ('distanceM' in reason) {
    const { distanceM, accuracyM, accuracyAssumed, probability, zoneVersion, hours } = reason
    lines.push(
      `distance ${distanceM} m, circle ${accuracyM} m${accuracyAssumed ? ' (assumed)' : ''}, P ${probability}, ` +
        `zone version ${zoneVersion}, in force ${openEnd(hours.from)} to ${openEnd(hours.to)}`,
    )
  }
  if (said.type === 'incident') lines.push(`happened ${iso(said.happenedAt)}, received ${iso(said.receivedAt)}`)
  return lines.map(line => `        ${line}`)
}

const iso = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at))
const openEnd = (at: number | null): string => (at === null ? 'always' : iso(at))
