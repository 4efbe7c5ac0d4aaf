import type { IncidentMessage, SnapshotMessage } from '@cordon/contract'
import type { ReaderReport, Told } from './messages.ts'

/** What a client is told of incidents, in its order, and where in the log that leaves it. */
export interface ToldLog {
  takeSnapshot(snapshot: SnapshotMessage, since: string | undefined): void
  takeChange(message: IncidentMessage): void
  cursor(): string | undefined
  report(): Pick<ReaderReport, 'told' | 'cursor' | 'faults'>
}

export function createToldLog(): ToldLog {
  const told: Told[] = []
  const faults: string[] = []
  let known: string | undefined
  return {
    takeSnapshot: ({ cursor, incidents, complete }, since) => {
      if (since !== undefined && complete) faults.push(`asked for what came after ${since}, the client got everything`)
      told.push({ type: 'resumed', since: since ?? '0', cursor, incidentIds: incidents.map(({ id }) => id) })
      known = cursor
    },
    takeChange: ({ cursor, change, incident }) => {
      told.push({ type: 'change', cursor, incidentId: incident.id, change })
      known = cursor
    },
    cursor: () => known,
    report: () => ({ told, cursor: known ?? '0', faults }),
  }
}
