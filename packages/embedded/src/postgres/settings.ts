export type PostgresSettings = Readonly<Record<string, string | number>>

/**
 * For one machine that also runs everything else. Durability is PostgreSQL's own default: what is committed is on the disk.
 */
const defaults: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  // None: their path may not be longer than 107 bytes, and a checkout can lie deeper.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: 100,
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // Short queries only; compiling them would cost more than it saves, and the package carries no compiler.
  jit: 'off',
  lc_messages: 'C',
  log_line_prefix: '',
  // A failed statement is the business of the client that sent it. Here it would put names and places into the log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** As arguments for `postgres`. */
export function settingArguments(settings: PostgresSettings): string[] {
  return Object.entries({ ...defaults, ...settings }).flatMap(([key, value]) => ['-c', `${key}=${value}`])
}
