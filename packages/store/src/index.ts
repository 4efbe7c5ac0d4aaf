export { openStore, type StoreOptions } from './connection/open-store.ts'
export type { Edition, Queryable, Statement, Store } from './connection/store.ts'
export { isForeignKeyViolation, isUniqueViolation, sqlState } from './connection/store-error.ts'
export { type MigrateOptions, migrate } from './migrate/migrate.ts'
