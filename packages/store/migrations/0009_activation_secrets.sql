-- What is hashed for the chains holds something that nobody can guess (docs/decisions/0020), so that nothing of a row that was
-- erased can be told from the hash that stands.

-- Of each activation one, made in the transaction that seals its first fix; destroyed when its fixes are removed for good.
create table activation_secrets (
  id bigint generated always as identity primary key,
  activation_id bigint not null unique,
  made_at timestamptz not null default clock_timestamp(),
  secret bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) -- 244 bits of it are random
);

-- Everything else keeps what is random in the row, and loses it with the row. null: recorded before, or emptied by an erasure.
alter table device_events add column salt uuid;
alter table fixes_aside add column salt uuid;
alter table set_aside add column salt uuid;
alter table near_misses add column salt uuid;
alter table visits add column salt uuid;
alter table incident_changes add column salt uuid;
alter table incident_actions add column salt uuid;
alter table audit_entries add column salt uuid;
-- Apart from the columns, so that rows which are there already keep null: their hashes are of what they were.
alter table device_events alter column salt set default gen_random_uuid();
alter table fixes_aside alter column salt set default gen_random_uuid();
alter table set_aside alter column salt set default gen_random_uuid();
alter table near_misses alter column salt set default gen_random_uuid();
alter table visits alter column salt set default gen_random_uuid();
alter table incident_changes alter column salt set default gen_random_uuid();
alter table incident_actions alter column salt set default gen_random_uuid();
alter table audit_entries alter column salt set default gen_random_uuid();
