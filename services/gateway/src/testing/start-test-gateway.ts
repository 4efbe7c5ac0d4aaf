import { DEFAULT_MAX_VERTICES, DEFAULT_SERVICE_AREA } from '@cordon/geofence'
import { noBrokerAccounts } from '@cordon/live'
import { createLogger, createRegistry, noTracer, systemClock } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { createGateway, type Gateway, type GatewayParts } from '../create-gateway.ts'
import { type Api, createApi } from './api.ts'
import { createLocalLive, type LocalLive } from './local-live.ts'

export const ADMIN_TOKEN = 'test-administrator-token-0123456789abcdef'

export interface TestGateway {
  readonly base: string
  readonly live: LocalLive
  readonly gateway: Gateway
  /** As administrator. */
  readonly api: Api
  readonly as: (token: string) => Api
  /** A machine with this role; its token. */
  token(role: string): Promise<string>
  stop(): Promise<void>
}

/** A gateway over this database, on a free port unless told which, with quick timings. */
export async function startTestGateway(
  store: Store,
  overrides: Partial<GatewayParts> = {},
  wantedPort = 0,
): Promise<TestGateway> {
  const live = createLocalLive()
  const gateway = await createGateway({
    name: 'gateway-1',
    store,
    live,
    accounts: noBrokerAccounts,
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: createRegistry('test'),
    tracer: noTracer,
    clock: systemClock,
    site: { name: 'Test', basemap: { styleUrl: null, pmtiles: '/x.pmtiles', attribution: '', evidential: false } },
    zoneLimits: { serviceArea: DEFAULT_SERVICE_AREA, maxVertices: DEFAULT_MAX_VERTICES },
    adminToken: ADMIN_TOKEN,
    webhookKey: 'a-test-key-of-webhooks-0123456789abcdef',
    consoleFolder: '/nowhere',
    publicUrl: undefined,
    trustProxy: [],
    signInsPerMinute: 1_000,
    requestsPerMinute: 100_000,
    sessionSeconds: 12 * 3_600,
    maxClients: 100,
    ...overrides,
    streamTimings: {
      flush: 20,
      look: 200,
      check: 50,
      system: 100,
      lasting: 3_600_000,
      load: 500,
      ...overrides.streamTimings,
    },
  })
  const { port, stop } = await gateway.start(wantedPort, '127.0.0.1')
  const base = `http://127.0.0.1:${port}`
  const as = (token: string) => createApi(base, { authorization: `Bearer ${token}` })
  const api = as(ADMIN_TOKEN)
  let made = 0
  return {
    base,
    live,
    gateway,
    api,
    as,
    token: async role => {
      made += 1
      const { body } = await api.post('/tokens', { name: `${role}-${made}`, role })
      return String(body.token)
    },
    stop,
  }
}
