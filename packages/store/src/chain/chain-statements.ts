/**
 * The hash of a link, as SQL over its columns and the hash before it (empty for the first). PostgreSQL computes it, so the time in it
 * is the database's and no writer has to know the hash before. The functions give the binary form that the protocol sends.
 */
export const linkHash = (previous: string) => `
  sha256(${previous} || int4send(chain_id) || int8send(position) || timestamptz_send(at) || int4send(rows)
         || coalesce(timestamptz_send(measured_from) || timestamptz_send(measured_to), '') || sha256(content))`

/** $1 chain, $2 position; `what` gives rows, measured_from, measured_to, content. None when the chain does not end just before. */
export const appendLink = (what: string) => `
  insert into chain_links (chain_id, position, at, rows, measured_from, measured_to, content, hash)
  select chain_id, position, at, rows, measured_from, measured_to, content, ${linkHash('previous')}
    from (select $1::integer as chain_id, $2::bigint as position, clock_timestamp() as at, before.hash as previous, what.*
            from chain_links before, (${what}) as what
           where (before.chain_id, before.position) = ($1::integer, $2::bigint - 1)) as link
  on conflict do nothing`
