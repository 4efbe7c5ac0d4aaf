import { isHeld } from './legal-hold.ts'

const daysOf = (what: 'track' | 'case', orderType: string) => `
  coalesce((select rule.days from retention_rules rule where rule.what = '${what}' and rule.order_type = ${orderType}),
           (select rule.days from retention_rules rule where rule.what = '${what}' and rule.order_type = '*'))`

/** An instant and so many days of 24 hours. */
const after = (instant: string, days: string) => `(${instant} + make_interval(hours => 24 * ${days}))`

/**
 * Whether the track of an activation `a` is due at the instant: the activation has ended, and so many days have passed since the
 * later of its end and that of each order in whose time it was. Under a legal hold, or while an order has no end, never.
 */
export const isTrackDue = (a: string, instant: string): string => `
  (${a}.valid_to < ${instant} and not ${isHeld(`${a}.wearer_id`)} and coalesce(
    (select max(${after(`greatest(coalesce(o.valid_to, 'infinity'), ${a}.valid_to)`, daysOf('track', 'o.type'))})
       from orders o where o.wearer_id = ${a}.wearer_id
        and o.valid_from < ${a}.valid_to and (o.valid_to is null or o.valid_to > ${a}.valid_from)),
    ${after(`${a}.valid_to`, daysOf('track', `'*'`))}) < ${instant})`

/** Whether everything of a wearer `w` is due: the same by the rules of the case, over all orders and activations. */
export const isCaseDue = (w: string, instant: string): string => `
  (not ${isHeld(`${w}.id`)}
   and not exists (select from incidents i where i.wearer_id = ${w}.id and i.state <> 'closed')
   and coalesce(
    (select max(${after(`coalesce(o.valid_to, 'infinity')`, daysOf('case', 'o.type'))}) from orders o where o.wearer_id = ${w}.id),
    ${after(`${w}.created_at`, daysOf('case', `'*'`))}) < ${instant}
   and coalesce(
    (select max(${after(`coalesce(a.valid_to, 'infinity')`, daysOf('case', `'*'`))}) from activations a where a.wearer_id = ${w}.id),
    '-infinity') < ${instant})`
