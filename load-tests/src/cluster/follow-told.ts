import { createToldLog, type ToldLog } from '../reader/create-told-log.ts'
import { followStream } from '../reader/follow-stream.ts'
import { ADMIN_TOKEN } from '../stack/start-service.ts'

/** A client of one gateway that remembers what it was told of incidents. */
export async function followTold(url: string): Promise<ToldLog> {
  const log = createToldLog()
  await followStream({
    url,
    token: ADMIN_TOKEN,
    positions: true,
    since: () => log.cursor(),
    onBytes: () => undefined,
    onMessage: (message, since) => {
      if (message.type === 'snapshot') log.takeSnapshot(message, since)
      if (message.type === 'incident') log.takeChange(message)
    },
    onReconnect: () => undefined,
  })
  return log
}
