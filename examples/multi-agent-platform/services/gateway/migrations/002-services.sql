CREATE TABLE agent.decisions (
  id         uuid        PRIMARY KEY,
  task_id    uuid,
  task       text        NOT NULL,
  provider   text        NOT NULL,
  model      text        NOT NULL,
  actions    jsonb       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tool.invocations (
  id          uuid             PRIMARY KEY,
  task_id     uuid,
  owner       uuid             NOT NULL,
  tool        text             NOT NULL,
  arguments   jsonb            NOT NULL,
  output      jsonb,
  error       text,
  duration_ms double precision NOT NULL,
  created_at  timestamptz      NOT NULL DEFAULT now()
);
CREATE INDEX invocations_by_task ON tool.invocations (task_id);

CREATE TABLE tool.notes (
  id         uuid        PRIMARY KEY,
  owner      uuid        NOT NULL,
  text       text        NOT NULL,
  search     tsvector    GENERATED ALWAYS AS (to_tsvector('english', text)) STORED,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notes_by_search ON tool.notes USING gin (search);
CREATE INDEX notes_by_owner ON tool.notes (owner, created_at DESC);

CREATE TABLE model.generations (
  id          uuid             PRIMARY KEY,
  task_id     uuid,
  purpose     text             NOT NULL,
  provider    text             NOT NULL,
  model       text             NOT NULL,
  characters  integer          NOT NULL,
  duration_ms double precision NOT NULL,
  created_at  timestamptz      NOT NULL DEFAULT now()
);

CREATE TABLE vector.memories (
  id         uuid        PRIMARY KEY,
  task_id    uuid,
  owner      uuid        NOT NULL,
  kind       text        NOT NULL,
  collection text        NOT NULL,
  embedding  text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE execution.executions (
  id          uuid             PRIMARY KEY,
  task_id     uuid,
  source      text             NOT NULL,
  outcome     text             NOT NULL CHECK (outcome IN ('value', 'error')),
  error       text,
  duration_ms double precision NOT NULL,
  created_at  timestamptz      NOT NULL DEFAULT now()
);
