import type { Filter } from '../paging/read-page.ts'

/** Account name of the officer who looks, or undefined for somebody who sees every wearer. */
export type Caseload = string | undefined

/** An order that has ended no longer gives sight of the wearer; one that has yet to begin does, so that it can be prepared. */
const isOfficers = (order: string) =>
  `${order}.officer = ? and (${order}.valid_to is null or ${order}.valid_to > now())`

/** The one rule of who sees which wearer (design.md 5.3), for lists, single reads and the stream alike. */
export const wearerInCaseload = (wearerColumn: string, caseload: Caseload): Filter => [
  `exists (select from orders caseload where caseload.wearer_id = ${wearerColumn} and ${isOfficers('caseload')})`,
  caseload,
]

/** A zone is seen by whoever sees a wearer that it was made for: its outline can give away a victim's address. */
export const zoneInCaseload = (zoneColumn: string, caseload: Caseload): Filter => [
  `exists (select from conditions ruled join orders caseload on caseload.id = ruled.order_id
           where ruled.zone_id = ${zoneColumn} and ${isOfficers('caseload')})`,
  caseload,
]

/** The officers who see a wearer, as an array: the same rule from the other side. */
export const officersOf = (wearerColumn: string) =>
  `array(select distinct caseload.officer from orders caseload where caseload.wearer_id = ${wearerColumn}
         and ${isOfficers('caseload').replace('?', 'caseload.officer')})`
