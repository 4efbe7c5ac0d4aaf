import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { cleanUpAll, connect, newDir, next, startBroker } from './broker.fixture.ts'

afterEach(cleanUpAll)

describe('the start of the embedded broker', () => {
  it('says plainly that its port is in use', async () => {
    const { port } = await startBroker()
    await expect(startBroker({ port })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`)
  })

  it('says plainly that another process uses its directory', async () => {
    const persistenceDir = newDir()
    await startBroker({ persistenceDir })
    await expect(startBroker({ persistenceDir })).rejects.toMatchObject({ code: 'data-dir-in-use' })
  })

  it('stops with clients connected, twice without harm', async () => {
    const broker = await startBroker({ persistenceDir: newDir() })
    const tag = await connect(broker.url, 'T1')
    const closed = next(tag, 'close')
    const silent = connectSocket(broker.port, '127.0.0.1')
    await once(silent, 'connect')
    await Promise.all([broker.stop(), broker.stop()])
    await closed
    await expect(connect(broker.url, 'T1')).rejects.toThrow()
  })
})
