import type { Site } from '@cordon/contract'
import type { CheckGeometryOptions } from '@cordon/geofence'
import type { BrokerAccounts } from '@cordon/live'
import type { Handlers } from '../http/handler.ts'
import { accountHandlers } from './accounts.ts'
import { activationHandlers } from './activations.ts'
import { auditHandlers } from './audit.ts'
import { conditionHandlers } from './conditions.ts'
import { forwarderHandlers } from './forwarders.ts'
import { incidentHandlers } from './incidents.ts'
import { orderHandlers } from './orders.ts'
import { passHandlers } from './passes.ts'
import { positionHandlers } from './positions.ts'
import { quarantineHandlers } from './quarantine.ts'
import { rollCallHandlers } from './roll-call.ts'
import { sessionHandlers } from './session.ts'
import { siteHandlers } from './site.ts'
import { suspensionHandlers } from './suspensions.ts'
import { tagHandlers } from './tags.ts'
import { tokenHandlers } from './tokens.ts'
import { trackHandlers } from './tracks.ts'
import { wearerHandlers } from './wearers.ts'
import { zoneHandlers } from './zones.ts'

export interface HandlerParts {
  readonly accounts: BrokerAccounts
  readonly site: Site
  /** Where zones may lie. */
  readonly zoneLimits: CheckGeometryOptions
  /** Told of a session or token that has been ended. */
  readonly onCredentialEnded: (hash: Buffer) => void
}

export const createHandlers = ({ accounts, site, zoneLimits, onCredentialEnded }: HandlerParts): Handlers => ({
  ...wearerHandlers,
  ...trackHandlers,
  ...positionHandlers,
  ...orderHandlers,
  ...conditionHandlers,
  ...zoneHandlers(zoneLimits),
  ...tagHandlers(accounts),
  ...forwarderHandlers(accounts),
  ...activationHandlers,
  ...passHandlers,
  ...suspensionHandlers,
  ...incidentHandlers,
  ...rollCallHandlers,
  ...auditHandlers,
  ...quarantineHandlers,
  ...accountHandlers,
  ...tokenHandlers(onCredentialEnded),
  ...sessionHandlers(onCredentialEnded),
  ...siteHandlers(site),
})
