-- What the query language compares with, for indexes and questions alike (lib/db/query-sql.ts).

-- A text as a number; null when it is none, or one of more than 15 and 6 digits.
CREATE FUNCTION palisade_number(given text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN given ~ '^-?[0-9]{1,15}([.][0-9]{1,6})?$' THEN given::numeric END
$$;

-- A text as an IP address; null when it is none. The patterns are the formats `ipv6` and `ipv4` of
-- lib/query-language/formats.ts.
CREATE FUNCTION palisade_address(given text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN strpos(given, ':') > 0 THEN
    CASE WHEN given ~ '^((([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){6}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])|::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,6})?|([0-9A-Fa-f]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,0}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,5})?|([0-9A-Fa-f]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){1,1}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,4})?|([0-9A-Fa-f]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){2,2}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,3})?|([0-9A-Fa-f]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){3,3}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,2})?|([0-9A-Fa-f]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){4,4}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,1})?|([0-9A-Fa-f]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){5,5}::(([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,0})?)|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){6,6}::()))$' THEN given::inet END
  WHEN given ~ '^(((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))$' THEN given::inet END
$$;

-- Whole values of every field of an item, by one index for each table. Its list of what is not yet sorted in is kept short,
-- because every question reads all of it.
CREATE INDEX "FactRule_by_value" ON "FactRule" USING gin (body jsonb_path_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactAlias_by_value" ON "FactAlias" USING gin (body jsonb_path_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactNeighbour_by_value" ON "FactNeighbour" USING gin (body jsonb_path_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX "FactLease_by_value" ON "FactLease" USING gin (body jsonb_path_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);

-- Ranges.
CREATE INDEX "FactRule_by_position" ON "FactRule" (palisade_number(body->>'position'));
CREATE INDEX "FactRule_by_source_address" ON "FactRule" (palisade_address(body->'source'->>'address'));
CREATE INDEX "FactRule_by_source_port" ON "FactRule" (palisade_number(body->'source'->>'port'));
CREATE INDEX "FactRule_by_destination_address" ON "FactRule" (palisade_address(body->'destination'->>'address'));
CREATE INDEX "FactRule_by_destination_port" ON "FactRule" (palisade_number(body->'destination'->>'port'));
CREATE INDEX "FactNeighbour_by_address" ON "FactNeighbour" (palisade_address(body->>'ip'));
CREATE INDEX "FactLease_by_address" ON "FactLease" (palisade_address(body->>'ip'));

-- Parts of texts, three letters and more. A server that does not have the extension, or does not let us make it, finds the
-- same, only slower.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "FactRule_by_text" ON "FactRule" USING gin (
    (body->>'id') gin_trgm_ops,
    (body->>'layerName') gin_trgm_ops,
    (body->>'interfaces') gin_trgm_ops,
    (body->>'protocol') gin_trgm_ops,
    (body->>'icmpTypes') gin_trgm_ops,
    (body->'source'->>'address') gin_trgm_ops,
    (body->'source'->>'port') gin_trgm_ops,
    (body->'destination'->>'address') gin_trgm_ops,
    (body->'destination'->>'port') gin_trgm_ops,
    (body->>'gateway') gin_trgm_ops,
    (body->>'schedule') gin_trgm_ops,
    (body->>'stateType') gin_trgm_ops,
    (body->>'description') gin_trgm_ops,
    (body->>'categories') gin_trgm_ops,
    (body->>'createdBy') gin_trgm_ops,
    (body->>'updatedBy') gin_trgm_ops
  ) WITH (fastupdate = on, gin_pending_list_limit = 256);
  CREATE INDEX "FactAlias_by_text" ON "FactAlias" USING gin (
    (body->>'id') gin_trgm_ops,
    (body->>'name') gin_trgm_ops,
    (body->>'type') gin_trgm_ops,
    (body->>'description') gin_trgm_ops,
    (body->>'content') gin_trgm_ops,
    (body->>'remarks') gin_trgm_ops
  ) WITH (fastupdate = on, gin_pending_list_limit = 256);
  CREATE INDEX "FactNeighbour_by_text" ON "FactNeighbour" USING gin (
    (body->>'ip') gin_trgm_ops,
    (body->>'mac') gin_trgm_ops,
    (body->>'interface') gin_trgm_ops,
    (body->>'device') gin_trgm_ops,
    (body->>'hostname') gin_trgm_ops,
    (body->>'manufacturer') gin_trgm_ops
  ) WITH (fastupdate = on, gin_pending_list_limit = 256);
  CREATE INDEX "FactLease_by_text" ON "FactLease" USING gin (
    (body->>'ip') gin_trgm_ops,
    (body->>'mac') gin_trgm_ops,
    (body->>'hostname') gin_trgm_ops,
    (body->>'description') gin_trgm_ops,
    (body->>'interface') gin_trgm_ops,
    (body->>'server') gin_trgm_ops
  ) WITH (fastupdate = on, gin_pending_list_limit = 256);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'No index for parts of texts: %', SQLERRM;
END $$;
