import { useNowMs } from '../live/use-live.ts'
import { minuteWords } from '../status/time-words.ts'
import { Facts } from '../theme/facts.tsx'
import { conditionLine } from './condition-words.ts'
import type { WearerRecord } from './use-wearer-record.ts'

/** What the order asks of the wearer: each condition with its hours and passes, and what is suspended. */
export function Conditions({ record }: { readonly record: WearerRecord }) {
  const nowMs = useNowMs()
  const { conditions, orders, zones, passes } = record
  const lines = conditions
    .filter(({ to }) => to === undefined || Date.parse(to) > nowMs)
    .map(condition => {
      const zone = zones.find(({ id }) => id === condition.zoneId)
      return conditionLine({ condition, zone, passes: passes.filter(pass => pass.conditionId === condition.id) }, nowMs)
    })
  const officers = orders.flatMap(({ officerId }) => officerId ?? [])
  return (
    <>
      <h2>Conditions</h2>
      {lines.length === 0 && <p className="wearer-quiet">Trail monitoring alone.</p>}
      {lines.length > 0 && (
        <ul className="conditions">
          {lines.map(line => (
            <li key={line.id}>
              <strong>{line.kind}</strong> {line.zone}
              <span className="condition-hours">{line.hours}</span>
              {line.passes.map(pass => (
                <span key={pass} className="condition-pass">
                  {pass}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          ['Suspended', suspendedWords(record, nowMs)],
          ['Officer', officers.join(', ')],
        ]}
      />
    </>
  )
}

/** Monitoring that is suspended now, or will be. */
function suspendedWords({ suspensions }: WearerRecord, nowMs: number): string {
  return suspensions
    .filter(({ to }) => Date.parse(to) > nowMs)
    .map(({ from, to, reason }) => {
      const begins = Date.parse(from) > nowMs ? `from ${minuteWords(Date.parse(from), nowMs)} ` : ''
      return `${begins}until ${minuteWords(Date.parse(to), nowMs)}: ${reason}`
    })
    .join('; ')
}
