import type { Fix } from '@cordon/contract'

/** A good GNSS fix in the middle of Northampton; what matters to the test is overridden. Received 2 s after it was measured. */
export function aFix(overrides: Partial<Fix> = {}): Fix {
  const measuredAt = overrides.measuredAt ?? Date.UTC(2026, 10, 22, 6)
  return {
    measuredAt,
    sentAt: null,
    receivedAt: measuredAt + 2_000,
    lon: -0.9027,
    lat: 52.2405,
    accuracyM: 8,
    source: 'gnss',
    seq: 1,
    speedMps: 1.2,
    headingDeg: 271,
    altitudeM: 77,
    satellites: 9,
    hdop: 0.9,
    battery: 83,
    ...overrides,
  }
}
