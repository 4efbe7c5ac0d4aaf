/** What the broker has refused since it started. Only ever grows. */
export interface BrokerCounts {
  /** Unknown client, wrong password, forbidden will. */
  refusedConnections: number
  /** A topic that the account may not publish to. */
  refusedPublishes: number
  refusedSubscriptions: number
  /** No room or no disk: not acknowledged, to be sent again. */
  withheldPublishes: number
  /** More connections than allowed. */
  surplusConnections: number
  /** Packets larger than allowed. */
  oversizedPackets: number
}

export function createCounts(): BrokerCounts {
  return {
    ...{ refusedConnections: 0, refusedPublishes: 0, refusedSubscriptions: 0 },
    ...{ withheldPublishes: 0, surplusConnections: 0, oversizedPackets: 0 },
  }
}
