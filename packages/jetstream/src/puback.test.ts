import { TOPICS } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { type NatsServer, realParts, startNatsServer } from '@cordon/testkit'
import { DiscardPolicy, StorageType } from '@nats-io/jetstream'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectNats, type NatsLink } from './connect-nats.ts'
import { ensureStream } from './ensure-stream.ts'
import { MQTT_STREAM } from './subjects.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const TAGS = Array.from({ length: 20 }, (_, index) => ({
  ...{ id: `tag-${index}`, protocol: 'cordon' as const, password: `password-${index}` },
}))

let server: NatsServer
let link: NatsLink
let tags: readonly MqttClient[]

beforeEach(async () => {
  server = await startNatsServer({ partitions: 2, tags: TAGS })
  await open()
  await ensureStream(link, { replicas: 1, maxMessages: 100_000 }, logger)
})
afterEach(async () => {
  for (const tag of tags) tag.end(true)
  await link.stop()
  await server.stop()
})

async function open() {
  link = await connectNats({ servers: [server.url], ...server.ingest, name: 'test', logger })
  tags = await Promise.all(
    TAGS.map(async ({ id, password }) => {
      const settings = { username: id, password, clientId: id, protocolVersion: 4 as const, reconnectPeriod: 0 }
      const tag = await connectAsync(server.mqttUrl, settings, false)
      return tag.on('error', () => undefined)
    }),
  )
}

/** Everybody publishes one after the other as fast as it is acknowledged, until their connections end. Gives what was acknowledged. */
function publishUntilCut(): { readonly acknowledged: Set<string>; readonly over: Promise<unknown> } {
  const acknowledged = new Set<string>()
  const over = tags.map(
    (tag, index) =>
      new Promise<void>(resolve => {
        tag.once('close', () => resolve())
        const next = (number: number) => {
          const text = `${index}/${number}`
          tag.publish(TOPICS.tagFixes(`tag-${index}`), text, { qos: 1 }, error => {
            if (error) return
            acknowledged.add(text)
            next(number + 1)
          })
        }
        next(1)
      }),
  )
  return { acknowledged, over: Promise.all(over) }
}

describe.runIf(realParts.nats)('a PUBACK of the NATS server', () => {
  it('says that the stream which ingest reads has the message: nothing of it is missing after kill -9', async () => {
    let all = 0
    for (let round = 1; round <= 3; round++) {
      const { acknowledged, over } = publishUntilCut()
      while (acknowledged.size < 400) await new Promise(resolve => setTimeout(resolve, 5))
      await server.kill()
      await over
      await link.stop()
      await server.start()
      await open()
      all += acknowledged.size
      const { messages } = (await link.manager.streams.info(MQTT_STREAM)).state
      expect(messages).toBeGreaterThanOrEqual(all)
      // at most one of each tag was stored and not acknowledged any more
      expect(messages).toBeLessThanOrEqual(all + round * TAGS.length)
      all = messages
    }
  }, 60_000)

  it('says nothing of a stream of one’s own over the mapped subjects: what that refuses is acknowledged and not in it', async () => {
    await server.stop()
    server = await startNatsServer({ partitions: 2, tags: TAGS })
    await link.stop()
    for (const tag of tags) tag.end(true)
    await open()
    await link.manager.streams.add({
      ...{ name: 'OWN', subjects: ['in.>'], storage: StorageType.File, discard: DiscardPolicy.New, max_msgs: 20 },
    })
    const [tag] = tags
    for (let number = 0; number < 50; number++)
      await tag?.publishAsync(TOPICS.tagFixes('tag-0'), `${number}`, { qos: 1 })
    expect((await link.manager.streams.info('OWN')).state.messages).toBe(20)
  })
})
