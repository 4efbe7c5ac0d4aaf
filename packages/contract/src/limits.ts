/** Every limit of the interfaces, with its unit. Each is tested where it is enforced. */
export const LIMITS = {
  /** Items in one MQTT message (fixes or events). */
  itemsPerMessage: 1_000,
  /** Bytes in one MQTT message: 1,000 fixes of at most 1 kB. */
  messageBytes: 1_048_576,
  /** Depth of nested JSON in a tag's message. */
  jsonDepth: 16,
  /** Metres per second: above this a reported speed is impossible for a wearer on the ground (a fast train does 90). */
  speedMps: 350,
  /** Metres: a larger radius is no position at all. */
  accuracyM: 100_000,
  /** Metres: the Dead Sea's shore is at -430, an airliner below 14,000. */
  altitudeM: { minimum: -500, maximum: 20_000 },
  /** Sequence numbers are whole and exact in JSON. */
  sequence: Number.MAX_SAFE_INTEGER,
  /** Milliseconds that a tag's clock may be ahead of the time of receipt before its fix is kept aside (R78). */
  futureMs: 120_000,
  /** Vertices of one zone. */
  zoneVertices: 20_000,
  /** Metres of a circle's radius, and of a buffer. */
  zoneRadiusM: 100_000,
  bufferM: 10_000,
  /** Rows in one page of a list, and when none is asked for. */
  pageSize: 1_000,
  pageSizeDefault: 100,
  /** Bytes of one HTTP request body: a zone of 20,000 vertices with 15 digits each is below 1 MB. */
  bodyBytes: 2_097_152,
  /** The same where no geometry can be in it: a policy with settings for 1,000 zones is the largest. */
  smallBodyBytes: 524_288,
  /** Hours of one track request, and of one preview of a zone. */
  trackHours: 31 * 24,
  /** Wearers of one preview, and incidents, near misses or visits that it lists; the rest are counted. */
  previewWearers: 50,
  previewRows: 1_000,
  /** Zones with settings of their own in one version of the policy. */
  policyZones: 1_000,
  /** Provisional alerts of one ingest that are sent; the rest are counted. One is about 500 bytes. */
  provisionalAlerts: 1_000,
  /** Characters. */
  name: 200,
  reference: 64,
  note: 4_000,
  reason: 500,
  /** X.509's bound of a common name (RFC 5280, ub-common-name), and so of the id of a tag that has a certificate. */
  commonName: 64,
} as const
