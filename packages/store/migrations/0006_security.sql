-- Credentials that are changed and taken away, sign-ins that fail, sessions that end, tokens that are used.

-- ---------------------------------------------------------------- who may speak at the broker

-- `credentials_version` goes up with each new password: the broker's account carries it, so that an account that came back with an
-- old backup of the broker is told from the one in force. A tag with a certificate has no password.
alter table tags alter column password_hash drop not null;
alter table tags
  add column credentials text not null default 'password' check (credentials in ('password', 'certificate')),
  add column credentials_version integer not null default 1 check (credentials_version >= 1),
  add column credentials_at timestamptz not null default now(),
  add column revoked_at timestamptz,
  add column revoked_by text,
  add column revoked_reason text,
  add constraint tags_have_what_they_sign_in_with check ((credentials = 'password') = (password_hash is not null)),
  add constraint tags_are_revoked_by_somebody check (num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3));
alter table forwarders
  add column credentials_version integer not null default 1 check (credentials_version >= 1),
  add column credentials_at timestamptz not null default now(),
  add column revoked_at timestamptz,
  add column revoked_by text,
  add column revoked_reason text,
  add constraint forwarders_are_revoked_by_somebody check (num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3));

-- ---------------------------------------------------------------- who may sign in

-- A name can be a password that was typed into the wrong field, so only its SHA-256 is kept. Nobody needs to have that name.
create table failed_sign_ins (
  name_hash bytea primary key,
  failures integer not null,
  last_failed_at timestamptz not null
);
create index failed_sign_ins_oldest on failed_sign_ins (last_failed_at);

-- However often it is put off, a session ends then. Those of before this version keep half a day.
alter table sessions add column ends_at timestamptz not null default now() + interval '12 hours';
alter table sessions alter column ends_at drop default;

alter table api_tokens add column last_used_at timestamptz; -- to the minute
