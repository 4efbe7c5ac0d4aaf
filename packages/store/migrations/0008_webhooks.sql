-- Who else is told of incidents, over HTTP. The change log of incidents is the queue: a webhook is a place in it.

create table webhooks (
  id bigint generated always as identity primary key,
  name text not null,
  url text not null,
  severities text[] not null default '{}', -- empty: all
  -- With the key of the services' environment it makes the secret that deliveries are signed with: a copy of the database signs nothing.
  salt bytea not null,
  position bigint not null, -- everything up to this cursor of incident_changes has been delivered, or was not asked for
  delivered_at timestamptz,
  failing_since timestamptz,
  last_error text,
  -- Which notifier delivers. Another one takes over when this time has passed.
  leased_by text,
  leased_until timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
