import { instant } from '../paging/select.ts'

export const WEARER = `w.id, w.name, w.reference, w.mappa_category as "mappaCategory", w.mappa_level as "mappaLevel",
  w.flags, ${instant('w.created_at')} as "createdAt"`
