import type { Site } from '@cordon/contract'
import type { Handlers } from '../http/handler.ts'

export const siteHandlers = (site: Site): Pick<Handlers, 'readSite'> => ({ readSite: () => Promise.resolve(site) })
