import type { Site } from '@cordon/contract'
import type { AccountParts } from '../accounts/change-account.ts'
import type { Handlers } from '../http/handler.ts'
import type { Front } from '../sign-in/front.ts'
import { accountHandlers } from './accounts.ts'
import { activationHandlers } from './activations.ts'
import { auditHandlers } from './audit.ts'
import { capacityHandlers } from './capacity.ts'
import { conditionHandlers } from './conditions.ts'
import { erasureHandlers } from './erasures.ts'
import { forwarderCredentialHandlers } from './forwarder-credentials.ts'
import { forwarderHandlers } from './forwarders.ts'
import { incidentHandlers } from './incidents.ts'
import { legalHoldHandlers } from './legal-holds.ts'
import { nearMissHandlers } from './near-misses.ts'
import { orderHandlers } from './orders.ts'
import { passHandlers } from './passes.ts'
import { policyHandlers } from './policies.ts'
import { positionHandlers } from './positions.ts'
import { quarantineHandlers } from './quarantine.ts'
import { retentionRuleHandlers } from './retention-rules.ts'
import { rollCallHandlers } from './roll-call.ts'
import { sessionHandlers } from './session.ts'
import { siteHandlers } from './site.ts'
import { suspensionHandlers } from './suspensions.ts'
import { tagCredentialHandlers } from './tag-credentials.ts'
import { tagHandlers } from './tags.ts'
import { tokenHandlers } from './tokens.ts'
import { trackHandlers } from './tracks.ts'
import { visitHandlers } from './visits.ts'
import { wearerHandlers } from './wearers.ts'
import { webhookHandlers } from './webhooks.ts'
import { type ZonePreviewParts, zonePreviewHandlers } from './zone-preview.ts'
import { zoneHandlers } from './zones.ts'

export interface HandlerParts extends ZonePreviewParts, AccountParts {
  readonly site: Site
  /** Without it no webhook can be made. */
  readonly webhookKey: string | undefined
  readonly front: Front
  /** Told of a session or token that has been ended. */
  readonly onCredentialEnded: (hash: Buffer) => void
}

export const createHandlers = (parts: HandlerParts): Handlers => {
  const { accounts, site, webhookKey, zoneLimits, front, onCredentialEnded } = parts
  return {
    ...wearerHandlers,
    ...trackHandlers,
    ...positionHandlers,
    ...orderHandlers,
    ...conditionHandlers,
    ...zoneHandlers(zoneLimits),
    ...zonePreviewHandlers(parts),
    ...tagHandlers(accounts),
    ...tagCredentialHandlers(parts),
    ...forwarderHandlers(accounts),
    ...forwarderCredentialHandlers(parts),
    ...activationHandlers,
    ...passHandlers(zoneLimits),
    ...suspensionHandlers,
    ...incidentHandlers,
    ...nearMissHandlers,
    ...visitHandlers,
    ...policyHandlers,
    ...retentionRuleHandlers,
    ...legalHoldHandlers,
    ...erasureHandlers,
    ...capacityHandlers,
    ...rollCallHandlers,
    ...auditHandlers,
    ...quarantineHandlers,
    ...accountHandlers,
    ...tokenHandlers(onCredentialEnded),
    ...webhookHandlers(webhookKey),
    ...sessionHandlers(onCredentialEnded, front),
    ...siteHandlers(site),
  }
}
