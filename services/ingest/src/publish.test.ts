import type { LiveIncidents, LivePositions } from '@cordon/contract'
import { sleep } from '@cordon/runtime'
import { aFix } from '@cordon/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { createPublisher, type Publisher } from './publish.ts'
import { aKnownActivation } from './testing/a-known-activation.ts'

const activation = aKnownActivation()

/** The network at fault, which is the one thing that may be put on. */
function aBroker() {
  const broker = { isUp: true, positions: [] as LivePositions[], incidents: [] as LiveIncidents[] }
  const live = {
    publishPositions: (message: LivePositions) => {
      if (broker.isUp) broker.positions.push(message)
      return broker.isUp
    },
    publishIncidents: (message: LiveIncidents) => {
      if (broker.isUp) broker.incidents.push(message)
      return broker.isUp
    },
  }
  return Object.assign(broker, { live })
}

let publisher: Publisher | undefined
afterEach(() => publisher?.stop())
const sent = (measuredAt: number, seq = 1) => ({ activation, fix: aFix({ measuredAt, seq }) })
const flushed = () => sleep(400)

describe('createPublisher', () => {
  it('sends at once what comes after a quiet while, and of what comes soon after it only the latest', async () => {
    const broker = aBroker()
    publisher = createPublisher(broker.live)
    publisher.publish({ fixes: [sent(500)], cursor: null })
    expect(broker.positions).toMatchObject([{ items: [{ wearerId: '7', measuredAt: 500 }] }])
    publisher.publish({ fixes: [sent(1_000)], cursor: null })
    publisher.publish({ fixes: [sent(3_000), sent(2_000)], cursor: null })
    await flushed()
    expect(broker.positions.slice(1)).toMatchObject([{ items: [{ wearerId: '7', measuredAt: 3_000 }] }])
    publisher.publish({ fixes: [sent(2_500)], cursor: null })
    await flushed()
    expect(broker.positions).toHaveLength(2)
  })

  it('keeps the latest while the broker is away, and sends that', async () => {
    const broker = aBroker()
    publisher = createPublisher(broker.live)
    broker.isUp = false
    publisher.publish({ fixes: [sent(1_000)], cursor: '5' })
    await flushed()
    publisher.publish({ fixes: [sent(2_000)], cursor: null })
    broker.isUp = true
    await flushed()
    expect(broker.positions).toMatchObject([{ items: [{ measuredAt: 2_000 }] }])
    expect(broker.incidents).toEqual([])
  })

  it('gives the hint of an incident at once', () => {
    const broker = aBroker()
    publisher = createPublisher(broker.live)
    publisher.publish({ fixes: [], cursor: '5' })
    expect(broker.incidents).toEqual([{ cursor: '5' }])
  })
})
