import { RETAINED, type RetentionRulesReplace } from '@cordon/contract'
import { listRetentionRules, replaceRetentionRules } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'

type RetentionHandlers = Pick<Handlers, 'listRetentionRules' | 'replaceRetentionRules'>

export const retentionRuleHandlers: RetentionHandlers = {
  listRetentionRules: async ({ database }) => ({ items: await listRetentionRules(database) }),
  replaceRetentionRules: async ({ database, viewer, body }) => {
    checkRules(body)
    const before = await listRetentionRules(database)
    await replaceRetentionRules(database, body, viewer.name)
    const items = await listRetentionRules(database)
    const inShort = (rules: typeof items) => rules.map(({ what, orderType, days }) => ({ what, orderType, days }))
    await record(database, viewer, {
      what: 'replace-retention-rules',
      detail: { before: inShort(before), after: inShort(items) },
    })
    return { items }
  },
}

type Rules = RetentionRulesReplace['rules']

/** Each thing has its rule for everybody, once; and nobody's case goes before the track that belongs to it. */
function checkRules({ rules }: RetentionRulesReplace): void {
  const names = rules.map(({ what, orderType }) => `${what} ${orderType}`)
  for (const what of RETAINED)
    if (!names.includes(`${what} *`)) refuse('/rules', `there is no rule for ${what} and order type *`)
  for (const [index, { what, orderType }] of rules.entries()) {
    const field = `/rules/${index}`
    if (names.indexOf(`${what} ${orderType}`) < index) refuse(field, 'there is a rule for this already')
    if (orderType !== '*' && what !== 'track' && what !== 'case') refuse(field, `${what} knows no types of orders`)
  }
  for (const orderType of new Set(rules.map(rule => rule.orderType)))
    if (daysOf(rules, 'case', orderType) < daysOf(rules, 'track', orderType))
      refuse('/rules', `the case of order type ${orderType} would be removed before its track`)
}

const daysOf = (rules: Rules, what: 'track' | 'case', orderType: string): number =>
  (
    rules.find(rule => rule.what === what && rule.orderType === orderType) ??
    rules.find(rule => rule.what === what && rule.orderType === '*')
  )?.days ?? 0

function refuse(field: string, detail: string): never {
  throw new Refusal('invalid-body', detail, { field })
}
