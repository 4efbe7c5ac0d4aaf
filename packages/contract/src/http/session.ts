import Type, { type Static } from 'typebox'
import { Id, Instant, Nullable, words } from '../schema.ts'
import { ROLES, type Role } from '../vocabulary.ts'

/** People and machine clients. */
export const User = Type.Object({ name: Type.String(), displayName: Type.String(), role: words(ROLES) })
export type User = Static<typeof User>

export const AccountCreate = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9._-]{2,64}$' }),
  displayName: Type.String({ minLength: 1, maxLength: 200 }),
  role: words(ROLES),
  password: Type.Optional(
    Type.String({ minLength: 12, maxLength: 200, description: 'left out: one is made and shown once' }),
  ),
})
export type AccountCreate = Static<typeof AccountCreate>
export const Account = Type.Object({
  id: Id,
  name: Type.String(),
  displayName: Type.String(),
  role: words(ROLES),
  createdAt: Instant,
})
export type Account = Static<typeof Account>
export const AccountCreated = Type.Object({ ...Account.properties, password: Type.Optional(Type.String()) })
export type AccountCreated = Static<typeof AccountCreated>

export const TokenCreate = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64 }),
  role: words(ROLES),
  to: Type.Optional(Instant),
})
export type TokenCreate = Static<typeof TokenCreate>
export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  role: words(ROLES),
  createdAt: Instant,
  to: Type.Optional(Instant),
  lastUsedAt: Type.Optional(Instant),
})
export type Token = Static<typeof Token>
export const TokenCreated = Type.Object({ ...Token.properties, token: Type.String({ description: 'shown once' }) })
export type TokenCreated = Static<typeof TokenCreated>

/** What the console needs to know of the place it runs in. */
export const Site = Type.Object({
  name: Type.String(),
  basemap: Type.Object({
    styleUrl: Nullable(Type.String()),
    pmtiles: Type.String(),
    attribution: Type.String(),
    evidential: Type.Boolean(),
  }),
})
export type Site = Static<typeof Site>

/** RFC 9457. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'stable; see docs/errors.md' }),
  detail: Type.String({ description: 'what is wrong and what to do' }),
  instance: Type.Optional(Type.String()),
  field: Type.Optional(Type.String({ description: 'JSON pointer or parameter name' })),
  problems: Type.Optional(Type.Array(Type.Object({ field: Type.String(), detail: Type.String() }))),
  owner: Type.Optional(Type.String({ description: 'who has the incident, with code already-claimed' })),
})
export type Problem = Static<typeof Problem>

/**
 * Rights are few and coarse here: reading, working incidents, writing the register, administering, auditing; and `protect`: holding
 * somebody's data back from removal, and having somebody erased.
 */
export const RIGHTS = ['read', 'work', 'register', 'administer', 'audit', 'protect'] as const
export type Right = (typeof RIGHTS)[number]
export const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  'read-only': ['read'],
  officer: ['read', 'work'],
  operator: ['read', 'work'],
  'zone-author': ['read', 'register'],
  supervisor: ['read', 'work', 'register'],
  auditor: ['read', 'audit'],
  'data-protection': ['read', 'audit', 'protect'],
  administrator: ['read', 'work', 'register', 'administer', 'audit', 'protect'],
}
