import type { Fault } from './fault.ts'

/** The last fault of a run: from then on the database is at its second address. */
export const FAIL_OVER: Fault = {
  name: 'fail-over',
  title: 'database: killed, and its synchronous standby promoted at another address',
  isQuick: false,
  seconds: 20,
  strike: async ({ stack: { database, links } }) => {
    const standby = await database.startStandby()
    await database.crash()
    await standby.promote()
    const address = { host: '127.0.0.1', port: standby.port }
    for (const link of [links.ingestToDatabase, links.gatewayToDatabase, links.observerToDatabase]) link.moveTo(address)
    return undefined
  },
}
