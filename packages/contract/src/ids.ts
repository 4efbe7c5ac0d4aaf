/** Ids are branded strings: a wearer's id cannot be passed where a zone's is meant. Database ids are 64-bit, so never numbers. */
declare const brand: unique symbol
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type WearerId = Branded<'WearerId'>
export type OrderId = Branded<'OrderId'>
export type ConditionId = Branded<'ConditionId'>
export type ZoneId = Branded<'ZoneId'>
export type TagId = Branded<'TagId'>
export type ForwarderId = Branded<'ForwarderId'>
export type ActivationId = Branded<'ActivationId'>
export type PassId = Branded<'PassId'>
export type SuspensionId = Branded<'SuspensionId'>
export type IncidentId = Branded<'IncidentId'>
export type AccountId = Branded<'AccountId'>
/** Place in the commit order of incident changes. Opaque to clients; in the database a 64-bit number. */
export type Cursor = Branded<'Cursor'>

/** The one place where a plain string becomes an id: rows read from the database, and parsed wire messages. */
export const asId = <Id extends Branded<string>>(text: string): Id => text as Id
