import type { FloodPlan, FromFlood, ToFlood } from './generator/flood-messages.ts'
import { type PreparedFlood, prepareFlood } from './generator/prepare-flood.ts'
import { type FloodLink, openFlood, sendFlood } from './generator/send-flood.ts'
import { answerParent } from './stack/answer-parent.ts'

/** The process of a tag gone mad. */
let ready: { readonly plan: FloodPlan; readonly flood: PreparedFlood; readonly link: FloodLink } | undefined

answerParent<ToFlood, FromFlood>(async message => {
  switch (message.type) {
    case 'prepare': {
      const { plan } = message
      const messages = Math.ceil((plan.rate * plan.lastMs) / 1_000)
      const flood = prepareFlood(plan.tag, messages, Date.now() + plan.lastMs)
      ready = { plan, flood, link: await openFlood(plan) }
      return { type: 'prepared' }
    }
    case 'publish': {
      if (ready === undefined) throw new Error('a flood is prepared before it is sent')
      const { plan, flood, link } = ready
      return { type: 'published', result: await sendFlood(plan, flood, link) }
    }
  }
})
