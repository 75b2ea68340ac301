-- One schema for each service: a service writes to its own and to trace.spans, to nothing else.
CREATE SCHEMA IF NOT EXISTS trace;
CREATE SCHEMA IF NOT EXISTS gateway;
CREATE SCHEMA IF NOT EXISTS orchestration;
CREATE SCHEMA IF NOT EXISTS agent;
CREATE SCHEMA IF NOT EXISTS tool;
CREATE SCHEMA IF NOT EXISTS model;
CREATE SCHEMA IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS execution;

CREATE TABLE trace.spans (
  trace_id    char(32)         NOT NULL,
  span_id     char(16)         NOT NULL,
  parent_id   char(16),
  service     text             NOT NULL,
  action      text             NOT NULL,
  started_at  bigint           NOT NULL, -- milliseconds since the Unix epoch
  duration_ms double precision,
  state       text             NOT NULL CHECK (state IN ('active', 'done', 'failed')),
  detail      text,
  stored_at   timestamptz      NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (trace_id, span_id)
);

CREATE TABLE gateway.tasks (
  id         uuid        PRIMARY KEY,
  session    uuid        NOT NULL,
  prompt     text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX tasks_by_session ON gateway.tasks (session, created_at DESC);

CREATE TABLE orchestration.runs (
  task_id      uuid        PRIMARY KEY,
  owner        uuid        NOT NULL,
  prompt       text        NOT NULL,
  parent       text,                       -- traceparent of the request that asked for the run
  state        text        NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed')),
  attempt      integer     NOT NULL DEFAULT 0,
  lease_until  timestamptz,
  result       jsonb,
  error        text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  finished_at  timestamptz
);
CREATE INDEX runs_unfinished ON orchestration.runs (lease_until) WHERE state IN ('queued', 'running');
