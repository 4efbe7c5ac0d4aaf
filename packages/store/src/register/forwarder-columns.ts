import { instant } from '../paging/select.ts'
import { revocationOf } from './tag-columns.ts'

export const FORWARDER = `
  f.id, f.source, ${instant('f.credentials_at')} as "credentialsAt", ${revocationOf('f')},
  ${instant('f.created_at')} as "createdAt"`
