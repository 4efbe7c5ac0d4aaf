/** Topics of the broker, each written once. `+` forms are subscription filters. */
export const TOPICS = {
  tagFixes: (tagId: string) => `cordon/v1/tags/${tagId}/fixes`,
  tagEvents: (tagId: string) => `cordon/v1/tags/${tagId}/events`,
  tagStatus: (tagId: string) => `cordon/v1/tags/${tagId}/status`,
  tagCommands: (tagId: string) => `cordon/v1/tags/${tagId}/commands`,
  tagAcks: (tagId: string) => `cordon/v1/tags/${tagId}/acks`,
  owntracks: (tagId: string) => `owntracks/${tagId}`,
  traccarPositions: 'traccar/positions',
  /** Between Cordon's own processes. */
  livePositions: 'cordon/v1/live/positions',
  liveIncidents: 'cordon/v1/live/incidents',
  liveSystem: 'cordon/v1/live/system',
  liveConfiguration: 'cordon/v1/live/configuration',
  liveProvisional: 'cordon/v1/live/provisional',
} as const

/** What Cordon's own processes may publish and subscribe to among themselves. */
export const LIVE_TOPICS = [
  TOPICS.livePositions,
  TOPICS.liveIncidents,
  TOPICS.liveSystem,
  TOPICS.liveConfiguration,
  TOPICS.liveProvisional,
] as const

/** What ingest subscribes to, all at QoS 1. */
export const TAG_FILTERS = [
  'cordon/v1/tags/+/fixes',
  'cordon/v1/tags/+/events',
  'cordon/v1/tags/+/status',
  'cordon/v1/tags/+/acks',
  'owntracks/+/+',
  'traccar/positions',
] as const
