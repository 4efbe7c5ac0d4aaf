import type { Check } from '../verify/verify.ts'
import type { CatchUp } from './catch-up.ts'
import type { CatchUpFigures } from './read-catch-up.ts'

const MOST_SECONDS = 60
/** So many late incidents of one kind become one row of the queue (services/console/src/incidents/late-groups.ts). */
const FLOOD = 10

export function checkCatchUp(run: CatchUp, figures: CatchUpFigures): readonly Check[] {
  const { seconds, fixes, doubled } = figures
  return [
    {
      name: `live again within ${MOST_SECONDS} s: every fix from then on is committed in 2 s`,
      isMet: seconds.live <= MOST_SECONDS,
      detail: `${seconds.live.toFixed(1)} s after ingest was told to start`,
    },
    {
      name: 'every fix of the outage and after it is in the database exactly once',
      isMet: fixes === run.stored + run.live && doubled === 0,
      detail: `${run.stored} of the outage and ${run.live} live, ${fixes} kept, ${doubled} doubled`,
    },
    ...checkIncidents(run, figures),
    checkTold(run, figures),
    {
      name: 'nobody’s connection to the broker was lost, nothing was refused',
      isMet: run.faults.length + run.reader.faults.length === 0,
      detail: [...run.faults, ...run.reader.faults][0] ?? 'no fault',
    },
  ]
}

function checkIncidents({ plan }: CatchUp, { incidents }: CatchUpFigures): readonly Check[] {
  const of = (tag: string) => incidents.filter(incident => incident.tag === tag)
  const visitors = plan.filter(({ inside }) => inside !== null).map(({ tag }) => of(tag.id))
  const entered = plan.filter(({ entersAfterMs }) => entersAfterMs !== null).map(({ tag }) => of(tag.id))
  const lateOnce = visitors.filter(all => all.length === 1 && all[0]?.late === true).length
  const over = visitors.flat().filter(({ isOver }) => isOver).length
  const liveOnce = entered.filter(all => all.length === 1 && all[0]?.late === false).length
  const others = incidents.length - visitors.flat().length - entered.flat().length
  return [
    {
      name: 'every visit of the outage is exactly one incident, marked late; every live entry one that is not',
      isMet: lateOnce === visitors.length && liveOnce === entered.length && others === 0 && lateOnce > 0,
      detail: `${visitors.length} visits, ${lateOnce} once and late; ${entered.length} entries, ${liveOnce} once and not late; ${others} others`,
    },
    {
      name: 'no storm: the late ones are over, so that the queue can show them as one row',
      isMet: over === visitors.flat().length && over > 0,
      detail: `${over} of ${visitors.flat().length} late incidents have ended; more than ${FLOOD} of a kind are one row`,
    },
  ]
}

function checkTold({ reader }: CatchUp, { incidents }: CatchUpFigures): Check {
  const raised = reader.told.flatMap(piece =>
    piece.type === 'change' && piece.change === 'raised' ? piece.incidentId : [],
  )
  const once = incidents.filter(({ id }) => raised.filter(told => told === id).length === 1).length
  return {
    name: 'the socket was told of every incident exactly once',
    isMet: once === incidents.length && raised.length === incidents.length,
    detail: `${incidents.length} incidents, ${once} told once, ${raised.length} told in all`,
  }
}
