-- Which ingest reads which partition of the tags' stream (docs/decisions/0017). Times are of the database's clock alone.

-- `epoch` grows with every owner: each transaction of an owner begins by finding its own here, and one that another has followed
-- finds none and keeps nothing.
create table partition_leases (
  partition integer primary key check (partition >= 0),
  owner text,
  epoch bigint not null default 0,
  expires_at timestamptz not null default '-infinity'
);

-- The ingests that are there, by which each knows its share. `partitions`: into how many they believe the tags to be spread.
create table ingest_members (
  name text primary key,
  partitions integer not null check (partitions > 0),
  expires_at timestamptz not null
);

-- The tags' and forwarders' accounts as the NATS servers need them, which know bcrypt only. Rights follow from name and protocol.
create table broker_users (
  username text primary key,
  protocol text not null check (protocol in ('cordon', 'owntracks', 'traccar', 'forwarder')),
  password_bcrypt text not null,
  version bigint generated always as identity
);
