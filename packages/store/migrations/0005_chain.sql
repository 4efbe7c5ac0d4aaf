-- Tamper evidence (docs/tamper-evidence.md): what was recorded is sealed by batches, and each seal holds the one before it.

-- ---------------------------------------------------------------- the chains

-- One for each writer, so that no writer waits for another. `since`: what is recorded later has to be in a chain.
create table chains (
  id integer primary key check (id between 1 and 8191), -- a batch_id is id * 2^40 + position; the next free one, and none is wasted
  name text not null,
  kind text not null check (kind in ('fixes', 'records')),
  since timestamptz not null default clock_timestamp(),
  unique (name, kind)
);

-- hash = SHA-256 of the hash before it and of all the other columns; the first, at position 0, holds the chain's name.
create table chain_links (
  chain_id integer not null references chains,
  position bigint not null,
  at timestamptz not null, -- by the database's clock, in the transaction of what is sealed
  rows integer not null,
  measured_from timestamptz, -- of the fixes of the batch, both inclusive
  measured_to timestamptz,
  content bytea, -- of fixes: which ones, and 12 bytes of the SHA-256 of each; of records: SHA-256 of the entries
  hash bytea not null,
  primary key (chain_id, position)
);
alter table chain_links alter column content set storage external; -- hashes cannot be compressed
create index chain_links_times on chain_links using brin (measured_from, measured_to, at) with (pages_per_range = 16);

-- ---------------------------------------------------------------- what is sealed

alter table fixes add column batch_id bigint; -- null: recorded before there was a chain
-- Of the rows of one batch, which lie together.
create index fixes_batch on fixes using brin (batch_id) with (pages_per_range = 32);

-- Every state of a row that can lawfully change, and every row that people's work adds. digest null: lawfully taken back.
create table chain_entries (
  id bigint generated always as identity primary key,
  chain_id integer not null,
  position bigint not null,
  relation text not null,
  key text not null,
  activation_id bigint,
  about timestamptz, -- the row's own time, by which a removal can cover it
  digest bytea
);
create index chain_entries_of_row on chain_entries (relation, key, id desc);
create index chain_entries_of_link on chain_entries (chain_id, position);
