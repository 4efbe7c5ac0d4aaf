import type { Static, TSchema } from 'typebox'
import { KEEPING_ROUTES } from './routes/keeping-routes.ts'
import { PEOPLE_ROUTES } from './routes/people-routes.ts'
import { REGISTER_ROUTES } from './routes/register-routes.ts'
import type { Route } from './routes/route.ts'
import { TAG_ROUTES } from './routes/tag-routes.ts'
import { WATCH_ROUTES } from './routes/watch-routes.ts'

export type { Route } from './routes/route.ts'

/** The whole HTTP interface. */
export const ROUTES = {
  ...REGISTER_ROUTES,
  ...TAG_ROUTES,
  ...WATCH_ROUTES,
  ...KEEPING_ROUTES,
  ...PEOPLE_ROUTES,
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES

/** What a handler of a route is given and gives, by the route's own schemas; `undefined` where it has none. */
type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body' | 'response'> =
  (typeof ROUTES)[Name] extends Readonly<Record<Key, infer S extends TSchema>> ? Static<S> : undefined
export type RouteParams<Name extends RouteName> = Part<Name, 'params'>
export type RouteQuery<Name extends RouteName> = Part<Name, 'query'>
export type RouteBody<Name extends RouteName> = Part<Name, 'body'>
export type RouteResponse<Name extends RouteName> = Part<Name, 'response'>
