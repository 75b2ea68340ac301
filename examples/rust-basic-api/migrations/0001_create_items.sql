create table items (
    id bigint generated always as identity primary key,
    name text not null,
    description text not null default '',
    -- Counts the changes of a row: it is the entity tag that guards an update against a stale copy.
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint items_name_unique unique (name),
    constraint items_name_length check (char_length(name) between 1 and 100),
    constraint items_description_length check (char_length(description) <= 2000)
);
