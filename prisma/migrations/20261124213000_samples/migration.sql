-- Measured values over time. They are in a schema of their own, which Prisma does not describe and a backup leaves out:
-- their tables come and go by the day, and charts that begin anew are no loss beside what a restore brings back.
CREATE SCHEMA samples;

-- What the values of a row mean: a name for each place of its array. Firewalls get another layout when what they report
-- changes; the id is derived from the names.
CREATE TABLE samples.layout (
  "firewallId" uuid NOT NULL REFERENCES "Firewall" (id) ON DELETE CASCADE,
  id bigint NOT NULL,
  names text[] NOT NULL,
  "usedAt" timestamptz(3) NOT NULL,
  PRIMARY KEY ("firewallId", id)
);

-- The last counters of each firewall, from which the next visit makes rates.
CREATE TABLE samples.counter (
  "firewallId" uuid PRIMARY KEY REFERENCES "Firewall" (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  names text[] NOT NULL,
  counters double precision[] NOT NULL
) WITH (fillfactor = 70);

-- As measured, one row for each visit; a table for each UTC day, made and dropped by workers. A day without one falls into the last.
CREATE TABLE samples.visit (
  "firewallId" uuid NOT NULL REFERENCES "Firewall" (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  layout bigint NOT NULL,
  measured real[] NOT NULL,
  PRIMARY KEY ("firewallId", at)
) PARTITION BY RANGE (at);
CREATE TABLE samples.visit_other PARTITION OF samples.visit DEFAULT;

-- Rolled up: lowest, mean and highest of each value in the five minutes or the hour from `at` on.
CREATE TABLE samples.five_minutes (
  "firewallId" uuid NOT NULL REFERENCES "Firewall" (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  layout bigint NOT NULL,
  visits int NOT NULL,
  low real[] NOT NULL,
  mean real[] NOT NULL,
  high real[] NOT NULL,
  PRIMARY KEY ("firewallId", at, layout)
) PARTITION BY RANGE (at);
CREATE TABLE samples.five_minutes_other PARTITION OF samples.five_minutes DEFAULT;

CREATE TABLE samples.hour (
  "firewallId" uuid NOT NULL REFERENCES "Firewall" (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  layout bigint NOT NULL,
  visits int NOT NULL,
  low real[] NOT NULL,
  mean real[] NOT NULL,
  high real[] NOT NULL,
  PRIMARY KEY ("firewallId", at, layout)
) PARTITION BY RANGE (at);
CREATE TABLE samples.hour_other PARTITION OF samples.hour DEFAULT;

-- Up to when each table was rolled up.
CREATE TABLE samples.progress (
  target text PRIMARY KEY CHECK (target IN ('five_minutes', 'hour')),
  "upTo" timestamptz(3) NOT NULL
);
