import { type ConnectedTag, connectTags } from './generator/connect-tags.ts'
import type { FromGenerator, GeneratorPlan, ToGenerator } from './generator/messages.ts'
import { publishAll } from './generator/publish-all.ts'
import { answerParent } from './stack/answer-parent.ts'

/** One process of tags. */
const faults: string[] = []
let plan: GeneratorPlan | undefined
let tags: readonly ConnectedTag[] = []
let isEnough = false

answerParent<ToGenerator, FromGenerator>(async message => {
  switch (message.type) {
    case 'connect':
      plan = message.plan
      tags = await connectTags(plan, faults)
      return { type: 'connected' }
    case 'publish': {
      if (plan === undefined) throw new Error('a generator publishes only once it is connected')
      const result = await publishAll(tags, plan, message.schedule, () => isEnough)
      return { type: 'published', result: { ...result, faults } }
    }
    case 'enough':
      isEnough = true
      return null
    case 'end':
      for (const { connection } of tags) connection.end()
      process.disconnect()
      return null
  }
})
