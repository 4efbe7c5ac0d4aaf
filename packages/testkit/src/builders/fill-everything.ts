import { asId } from '@cordon/contract'
import { insertAuditEntry, type Store, writeBatch } from '@cordon/store'
import { aBatch, aNearMiss, anIncidentJudgement, aVisit } from './a-batch.ts'
import { aFix } from './a-fix.ts'
import { aCondition, aMonitoredWearer, aPass, aSuspension, type MonitoredWearer } from './a-wearer.ts'
import { aZone } from './a-zone.ts'

export interface Person {
  readonly name: string
  readonly reference: string
  readonly lon: number
  readonly lat: number
}

const MINUTE = 60_000
const HOUR = 3_600_000

/**
 * Somebody of whom every table has something, with name, reference and place in every text: ended, nothing open. The incident's
 * zone is shared; another is this wearer's only.
 */
export async function fillEverything(
  store: Store,
  person: Person,
  {
    from,
    to,
    sharedZone,
  }: { readonly from: number; readonly to: number; readonly sharedZone: MonitoredWearer['zoneId'] },
): Promise<MonitoredWearer> {
  const { name, reference, lon, lat } = person
  const words = `${name} (${reference}) at ${lat}, ${lon}`
  const wearer = await aMonitoredWearer(store, { zoneId: sharedZone })
  const { wearerId, activationId, tagId, conditionId, orderId } = wearer
  await store.query('update wearers set name = $2, reference = $3 where id = $1', [wearerId, name, reference])
  const own = await aZone(store, {
    name: `home of ${words}`,
    geometry: { type: 'Circle', center: [lon, lat], radius: 50 },
  })
  await aCondition(store, orderId, own)
  await aPass(store, conditionId, { from, to, corridor: { type: 'Circle', center: [lon, lat], radius: 50 } })
  await store.query('update passes set reason = $2 where condition_id = $1', [conditionId, words])
  await aSuspension(store, wearerId, { from, to, reason: words })
  const fix = (index: number) => aFix({ measuredAt: from + index * MINUTE, seq: index, lon, lat })
  const reason = { ...anIncidentJudgement(wearer).reason, text: words }
  const judged = anIncidentJudgement(wearer, {
    happenedAt: from + HOUR,
    endedAt: from + 2 * HOUR,
    conclusion: 'left',
    reason,
  })
  const written = await writeBatch(
    store,
    aBatch({
      fixes: Array.from({ length: 100 }, (_, index) => ({ activationId, fix: fix(index) })),
      aside: [{ activationId, fix: fix(200), reason: 'future' }],
      events: [{ activationId, event: { measuredAt: from, receivedAt: from, seq: 1, type: 'strap-cut', battery: 50 } }],
      statuses: [{ tagId, status: { online: false, receivedAt: from + HOUR } }],
      acks: [{ tagId, ack: { commandId: 'c', measuredAt: from, receivedAt: from, result: 'failed', detail: words } }],
      quarantine: [
        {
          ...{ topic: `cordon/v1/tags/${tagId}/fixes`, tagId, receivedAt: from + HOUR },
          payload: Buffer.from(JSON.stringify({ words, lon, lat })),
          rejection: { code: 'field-missing', field: 'time', detail: words, index: 0 },
        },
      ],
      judgements: [
        judged,
        aNearMiss(wearer, { from, text: words }),
        aVisit(wearer, { from, reason: { ...aVisit(wearer).reason, text: words } }),
        { type: 'set-aside', activationId, measuredAt: from, seq: 1, reason: 'impossible-jump' },
      ],
      watchStates: [{ activationId, judgedThrough: from, state: { words } }],
      checkpoints: [{ activationId, at: from, timeline: { words } }],
    }),
  )
  const incidentId = written.incidents[0]?.incidentId ?? asId('0')
  await store.query('update incidents set police_reference = $2, closed_at = now(), state = $3 where id = $1', [
    incidentId,
    words,
    'closed',
  ])
  await store.query(`insert into incident_actions (incident_id, type, by_whom, body) values ($1, 'note', 'kim', $2)`, [
    incidentId,
    JSON.stringify({ text: words }),
  ])
  await insertAuditEntry(store, {
    who: 'kim',
    what: 'read-track',
    wearerId,
    detail: { from: new Date(from).toISOString(), format: 'csv' },
  })
  await insertAuditEntry(store, { who: 'kim', what: 'share', wearerId, detail: { words, lon, incidentId } })
  await store.query(
    `insert into roll_call (rank, subject_id, problem, wearer_id, order_id, activation_id, tag_id, since, reason)
     values (0, $3, 'known-silence', $1, $2, $3, $4, $5, $6)`,
    [wearerId, orderId, activationId, tagId, new Date(from), words],
  )
  await store.query(
    `insert into legal_holds (wearer_id, reason, valid_from, valid_to, created_by, ended_by, end_reason)
    values ($1, $2, now() - interval '2 days', now() - interval '1 day', 'kim', 'kim', $2)`,
    [wearerId, words],
  )
  for (const table of ['orders', 'activations'])
    await store.query(`update ${table} set valid_from = $2, valid_to = $3 where wearer_id = $1`, [
      wearerId,
      new Date(from),
      new Date(to),
    ])
  await store.query('update orders set authority = $2 where wearer_id = $1', [wearerId, words])
  return wearer
}
