export { putBrokerUser, removeBrokerUser } from './broker-users/put-broker-user.ts'
export { type BrokerUserRow, readBrokerUsers, readBrokerUsersStamp } from './broker-users/read-broker-users.ts'
export { type ChainHead, readHeads } from './chain/read-heads.ts'
export { type Settled, sealAppended } from './chain/seal-appended.ts'
export { affectedWearers } from './configuration/affected-wearers.ts'
export {
  type ConfigurationChange,
  type ConfiguredEntity,
  readConfigurationChanges,
} from './configuration/read-configuration-changes.ts'
export { type KnownTag, readTags } from './configuration/read-tags.ts'
export { readWatchConfiguration, type WatchScope } from './configuration/read-watch-configuration.ts'
export { readWatchedWearers } from './configuration/read-watched-wearers.ts'
export type {
  Period,
  WatchConfiguration,
  WatchedActivation,
  WatchedCondition,
  WatchedOrder,
  WatchedPass,
  WatchedSuspension,
  WatchedZone,
  WatchedZoneVersion,
} from './configuration/watch-configuration.ts'
export { createStatementMeter, registerPoolMetrics, type StatementMeter } from './connection/meter-statements.ts'
export { openStore, type StoreOptions } from './connection/open-store.ts'
export { readClock } from './connection/read-clock.ts'
export type { Edition, PoolState, Queryable, Statement, Store } from './connection/store.ts'
export { isForeignKeyViolation, isUniqueViolation, sqlState } from './connection/store-error.ts'
export { hashMqttPassword, type MqttAccount, verifyMqttPassword } from './credentials/verify-mqtt-password.ts'
export { thinCheckpoints } from './housekeeping/thin-checkpoints.ts'
export { countOpenIncidents, INCIDENT_AGES, type OpenIncidents } from './incidents/count-open-incidents.ts'
export { endUnseenFaults } from './incidents/end-unseen-faults.ts'
export { insertAction } from './incidents/insert-action.ts'
export { listActions } from './incidents/list-actions.ts'
export { type IncidentSearch, listIncidents } from './incidents/list-incidents.ts'
export { readFaultsSeen } from './incidents/read-faults-seen.ts'
export { type IncidentChange, readIncidentChanges } from './incidents/read-incident-changes.ts'
export { readIncidentCursor } from './incidents/read-incident-cursor.ts'
export { readOpenIncidents } from './incidents/read-open-incidents.ts'
export { recordFault, type SeenFault } from './incidents/record-fault.ts'
export { type IncidentUpdate, updateIncident } from './incidents/update-incident.ts'
export { applyEditionSettings } from './keeping/apply-edition-settings.ts'
export { type CapacityAlarm, capacityAlarms } from './keeping/capacity-alarms.ts'
export { endLegalHold } from './keeping/end-legal-hold.ts'
export { insertErasure } from './keeping/insert-erasure.ts'
export { insertLegalHold } from './keeping/insert-legal-hold.ts'
export { type ErasureSearch, listErasures } from './keeping/list-erasures.ts'
export { type LegalHoldSearch, listLegalHolds } from './keeping/list-legal-holds.ts'
export { listRetentionRules } from './keeping/list-retention-rules.ts'
export { type CapacityOf, readCapacity } from './keeping/read-capacity.ts'
export { readErasureObstacles } from './keeping/read-erasure-obstacles.ts'
export { removeStaleKeys } from './keeping/remove-stale-keys.ts'
export { replaceRetentionRules } from './keeping/replace-retention-rules.ts'
export { runErasures } from './keeping/run-erasures.ts'
export { runRetention } from './keeping/run-retention.ts'
export { sampleCapacity } from './keeping/sample-capacity.ts'
export { fenceStore } from './leases/fence-store.ts'
export { type Claim, claimLeases, type Lease, makeLeases, releaseLease, renewLeases } from './leases/leases.ts'
export { leaveMembership, type Membership, renewMembership } from './leases/renew-membership.ts'
export { holdLine, type Line } from './line/hold-line.ts'
export { type MigrateOptions, migrate } from './migrate/migrate.ts'
export type { Page, PageRequest } from './paging/read-page.ts'
export { accountExists } from './people/account-exists.ts'
export type { Caseload } from './people/caseload.ts'
export { claimIdempotencyKey, type KeptResponse } from './people/claim-idempotency-key.ts'
export { countSignIn, type SignInAttempt } from './people/count-sign-in.ts'
export { deleteSession } from './people/delete-session.ts'
export { extendSession } from './people/extend-session.ts'
export { forgetFailedSignIns } from './people/forget-failed-sign-ins.ts'
export { insertAccount, type NewAccount } from './people/insert-account.ts'
export { insertAuditEntry, type NewAuditEntry } from './people/insert-audit-entry.ts'
export { insertSession, type NewSession } from './people/insert-session.ts'
export { insertToken, type NewToken } from './people/insert-token.ts'
export { keepResponse } from './people/keep-response.ts'
export { listAccounts } from './people/list-accounts.ts'
export { type AuditSearch, listAudit } from './people/list-audit.ts'
export { listTokens } from './people/list-tokens.ts'
export { noteTokenUse } from './people/note-token-use.ts'
export { BOOTSTRAP_TOKEN_NAME, putBootstrapToken } from './people/put-bootstrap-token.ts'
export { type AccountSecret, readAccountSecret } from './people/read-account-secret.ts'
export { readCaseload } from './people/read-caseload.ts'
export { readLiveCredentials } from './people/read-live-credentials.ts'
export { type KnownSession, readSession } from './people/read-session.ts'
export { type KnownToken, readToken } from './people/read-token.ts'
export { revokeToken } from './people/revoke-token.ts'
export { insertPolicy } from './policies/insert-policy.ts'
export { listPolicies } from './policies/list-policies.ts'
export { readPolicies, type StoredPolicy } from './policies/read-policies.ts'
export type { Afterwards, Box } from './preview/keep-hours.ts'
export { type Near, type PreviewQuestion, type PreviewTrack, readPreviewFixes } from './preview/read-preview-fixes.ts'
export type { TrackRange } from './preview/track-range.ts'
export { listNearMisses } from './records/list-near-misses.ts'
export { listVisits } from './records/list-visits.ts'
export type { RecordSearch } from './records/record-search.ts'
export { type CheckpointQuestion, readCheckpoints, type StoredCheckpoint } from './recovery/read-checkpoints.ts'
export {
  type RecordedIncident,
  type RecordQuestion,
  readRecordedIncidents,
} from './recovery/read-recorded-incidents.ts'
export { type RecordedVisit, readRecordedVisits } from './recovery/read-recorded-visits.ts'
export {
  REPLAY_HORIZON_MS,
  readTimelines,
  type StoredObservation,
  type TimelineOptions,
  type TimelineStart,
} from './recovery/read-timelines.ts'
export { readWatchStates, type StoredWatchState } from './recovery/read-watch-states.ts'
export { claimAccountName } from './register/claim-account-name.ts'
export { countActivations } from './register/count-activations.ts'
export { endActivation } from './register/end-activation.ts'
export { endCondition } from './register/end-condition.ts'
export { insertActivation } from './register/insert-activation.ts'
export { insertCondition } from './register/insert-condition.ts'
export { insertForwarder, type NewForwarder } from './register/insert-forwarder.ts'
export { insertOrder } from './register/insert-order.ts'
export { insertPass } from './register/insert-pass.ts'
export { insertSuspension } from './register/insert-suspension.ts'
export { insertTag, type NewTag } from './register/insert-tag.ts'
export { insertWearer } from './register/insert-wearer.ts'
export { insertZone } from './register/insert-zone.ts'
export { type ActivationSearch, listActivations } from './register/list-activations.ts'
export { type ConditionSearch, listConditions } from './register/list-conditions.ts'
export { listForwarders } from './register/list-forwarders.ts'
export { listOrders, type OrderSearch } from './register/list-orders.ts'
export { listPasses, type PassSearch } from './register/list-passes.ts'
export { listQuarantine } from './register/list-quarantine.ts'
export { listSuspensions, type SuspensionSearch } from './register/list-suspensions.ts'
export { listTags, type TagSearch } from './register/list-tags.ts'
export { listWearers, type WearerSearch } from './register/list-wearers.ts'
export { listZoneVersions } from './register/list-zone-versions.ts'
export { listZones, type ZoneSearch } from './register/list-zones.ts'
export { lockBrokerCredentials } from './register/lock-broker-credentials.ts'
export { lockConfiguration } from './register/lock-configuration.ts'
export { type BrokerCredentials, readBrokerCredentials } from './register/read-broker-credentials.ts'
export { type ConditionParts, readConditionParts } from './register/read-condition-parts.ts'
export { readConfigurationCursor } from './register/read-configuration-cursor.ts'
export { reinstateForwarder } from './register/reinstate-forwarder.ts'
export { reinstateTag } from './register/reinstate-tag.ts'
export { replaceZone } from './register/replace-zone.ts'
export { revokeForwarder } from './register/revoke-forwarder.ts'
export { type Revocation, revokeTag } from './register/revoke-tag.ts'
export { rotateForwarder } from './register/rotate-forwarder.ts'
export { rotateTag } from './register/rotate-tag.ts'
export type { ZoneContent } from './register/zone-columns.ts'
export { listRollCall } from './roll-call/list-roll-call.ts'
export {
  type ActivationInForce,
  type OrderInForce,
  type RollCallFacts,
  readRollCallFacts,
} from './roll-call/read-roll-call-facts.ts'
export { readRollCallTime } from './roll-call/read-roll-call-time.ts'
export { type RollCallEntry, replaceRollCall } from './roll-call/replace-roll-call.ts'
export { listFixes, type TrackFix, type TrackSearch } from './tracks/list-fixes.ts'
export { listPositions } from './tracks/list-positions.ts'
export type { FixColumns } from './tracks/unpack-fixes.ts'
export { endWebhook } from './webhooks/end-webhook.ts'
export { insertWebhook, type NewWebhook } from './webhooks/insert-webhook.ts'
export { type LeasedWebhook, leaseWebhooks } from './webhooks/lease-webhooks.ts'
export { listWebhooks } from './webhooks/list-webhooks.ts'
export { type HeldWebhook, noteWebhookDelivered, noteWebhookFailed } from './webhooks/note-webhook.ts'
export type {
  AckOfTag,
  ActivationEvent,
  ActivationFix,
  AsideFix,
  Batch,
  CheckpointWrite,
  QuarantineItem,
  Replaced,
  StatusOfTag,
  WatchStateWrite,
  Written,
  WrittenIncident,
} from './write/batch.ts'
export { emptyBatch } from './write/batch.ts'
export { writeBatch } from './write/write-batch.ts'
