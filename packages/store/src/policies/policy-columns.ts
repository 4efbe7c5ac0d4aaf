import { instant } from '../paging/select.ts'

/** Of `policies p`. */
export const POLICY = `p.version, p.note, p.body -> 'defaults' as defaults, p.body -> 'risks' as risks, p.body -> 'zones' as zones,
  ${instant('p.valid_from')} as "from", p.created_by as "createdBy"`
