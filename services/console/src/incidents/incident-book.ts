import type { Incident, IncidentMessage, SnapshotMessage } from '@cordon/contract'

/** Every incident that is not closed, and the last few that were, as one immutable value. */
export type IncidentBook = {
  readonly byId: ReadonlyMap<string, Incident>
  /** Where to resume after a broken connection; undefined before the first snapshot. */
  readonly cursor: string | undefined
}

/** Closed incidents stay readable for as long as somebody may still be looking at them. */
const closedKept = 100

export const emptyBook: IncidentBook = { byId: new Map(), cursor: undefined }

/** A complete snapshot replaces what is known; one that answers `since` holds only what changed. */
export function applySnapshot(book: IncidentBook, message: SnapshotMessage): IncidentBook {
  const byId = new Map(message.complete ? [] : book.byId)
  for (const incident of message.incidents) putNewer(byId, incident)
  return { byId: dropOldClosed(byId), cursor: message.cursor }
}

export function applyIncident(book: IncidentBook, message: IncidentMessage): IncidentBook {
  return { ...rememberIncident(book, message.incident), cursor: message.cursor }
}

/** An incident read over HTTP, or the answer to an action: it moves no cursor. */
export function rememberIncident(book: IncidentBook, incident: Incident): IncidentBook {
  const byId = new Map(book.byId)
  putNewer(byId, incident)
  return { byId: dropOldClosed(byId), cursor: book.cursor }
}

/** The socket and HTTP may tell of changes in either order: an older change never undoes a newer one. */
function putNewer(byId: Map<string, Incident>, incident: Incident): void {
  const known = byId.get(incident.id)
  if (known === undefined || Date.parse(known.changedAt) <= Date.parse(incident.changedAt))
    byId.set(incident.id, incident)
}

function dropOldClosed(byId: Map<string, Incident>): ReadonlyMap<string, Incident> {
  const closed = [...byId.values()].filter(incident => incident.state === 'closed')
  if (closed.length <= closedKept) return byId
  closed.sort((left, right) => Date.parse(right.changedAt) - Date.parse(left.changedAt))
  for (const incident of closed.slice(closedKept)) byId.delete(incident.id)
  return byId
}
