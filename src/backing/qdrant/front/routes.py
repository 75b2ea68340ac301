"""What each path of the REST API does. https://api.qdrant.tech/api-reference"""

import qdrant_edge as edge

from changes import change, to_operation
from filters import to_filter
from problem import Problem, required, unsupported
from queries import Lookup, modern, modern_discovery, modern_recommendation, to_order, to_query
from schema import HNSW, index_name, to_dense_creation, to_index, to_sparse_creation
from vectors import from_id, from_record, from_scored, to_id, to_payload_choice

# Function by method and path.
WHOLE = {}
# What the server has and the engine has not; as parts of a path.
SERVER_ONLY = {"cluster", "snapshots", "locks", "issues", "shards", "matrix", "optimizations"}


def route(method, path):
    """Registers a function for a path; `{}` stands for one part of it, given to the function in turn."""

    def register(function):
        WHOLE[(method, tuple(path.strip("/").split("/")))] = function
        return function

    return register


def find(method, parts):
    """The function for a request and the parts of its path that stand for names."""
    for (wanted, pattern), function in WHOLE.items():
        if wanted == method and len(pattern) == len(parts):
            if all(one in ("{}", other) for one, other in zip(pattern, parts)):
                return function, [other for one, other in zip(pattern, parts) if one == "{}"]
    if SERVER_ONLY & set(parts[:1] + parts[2:]):
        raise unsupported("/" + "/".join(parts))
    raise Problem(404, f"Not found: /{'/'.join(parts)}")


# Collections


@route("GET", "/collections")
def list_collections(store, body):
    return {"collections": [{"name": name} for name in sorted(store.collections)]}


@route("GET", "/collections/{}/exists")
def collection_exists(store, body, name):
    return {"exists": store.exists(name)}


@route("PUT", "/collections/{}")
def create_collection(store, body, name):
    store.create(name, body)
    return True


@route("PATCH", "/collections/{}")
def update_collection(store, body, name):
    vectors = body.get("vectors")
    if vectors is not None:
        kept = store.get(name).body.get("vectors") or {}
        # The one vector without a name is called "" here.
        merged = {**kept, **vectors.get("", {})} if "size" in kept else {**kept, **{k: {**kept.get(k, {}), **v} for k, v in vectors.items()}}
        body = {**body, "vectors": merged}
    store.amend(name, body)
    return True


@route("DELETE", "/collections/{}")
def delete_collection(store, body, name):
    return store.delete(name)


@route("GET", "/collections/{}")
def describe_collection(store, body, name):
    collection = store.get(name)
    info = collection.shard.info()
    made = collection.body
    params = {"vectors": made.get("vectors") or {}, "shard_number": 1, "replication_factor": 1, "write_consistency_factor": 1}
    params["on_disk_payload"] = made.get("on_disk_payload", True)
    if made.get("sparse_vectors") is not None:
        params["sparse_vectors"] = made["sparse_vectors"]
    return {
        "status": "green",
        "optimizer_status": "ok",
        "indexed_vectors_count": info.indexed_vectors_count,
        "points_count": info.points_count,
        "segments_count": info.segments_count,
        "config": {
            "params": params,
            "hnsw_config": {**HNSW, "max_indexing_threads": 0, "on_disk": False, **(made.get("hnsw_config") or {})},
            "optimizer_config": {
                "deleted_threshold": 0.2,
                "vacuum_min_vector_number": 1000,
                "default_segment_number": 0,
                "flush_interval_sec": 5,
                **(made.get("optimizers_config") or {}),
            },
            "wal_config": {"wal_capacity_mb": 32, "wal_segments_ahead": 0, **(made.get("wal_config") or {})},
            "quantization_config": made.get("quantization_config"),
        },
        "payload_schema": {
            field: {"data_type": index_name(index.data_type), "points": index.points}
            for field, index in info.payload_schema.items()
        },
    }


@route("PUT", "/collections/{}/vectors/{}")
def create_vector(store, body, name, vector):
    collection = store.get(name)
    sparse = "sparse" in body
    wanted = required(body, "sparse" if sparse else "dense")
    make = to_sparse_creation if sparse else to_dense_creation
    number = collection.update(make(vector, wanted))
    store.keep_vector(collection, "sparse_vectors" if sparse else "vectors", vector, wanted)
    return completed(number)


@route("DELETE", "/collections/{}/vectors/{}")
def delete_vector(store, body, name, vector):
    collection = store.get(name)
    number = collection.update(edge.UpdateOperation.delete_vector_name(vector))
    for kind in ("sparse_vectors", "vectors"):
        store.keep_vector(collection, kind, vector, None)
    return completed(number)


@route("POST", "/collections/aliases")
def change_aliases(store, body):
    store.change_aliases(required(body, "actions"))
    return True


@route("GET", "/aliases")
def list_aliases(store, body):
    return {"aliases": [{"alias_name": a, "collection_name": c} for a, c in sorted(store.aliases.items())]}


@route("GET", "/collections/{}/aliases")
def list_collection_aliases(store, body, name):
    wanted = store.get(name).name
    return {"aliases": [{"alias_name": a, "collection_name": c} for a, c in sorted(store.aliases.items()) if c == wanted]}


# Changes to points


def completed(number):
    return {"operation_id": number, "status": "completed"}


@route("PUT", "/collections/{}/index")
def create_index(store, body, name):
    field, schema = required(body, "field_name"), body.get("field_schema")
    if schema is None:
        raise unsupported("guessing the type of an index (give field_schema)")
    return completed(store.get(name).update(edge.UpdateOperation.create_field_index(field, to_index(schema))))


@route("DELETE", "/collections/{}/index/{}")
def delete_index(store, body, name, field):
    return completed(store.get(name).update(edge.UpdateOperation.delete_field_index(field)))


@route("PUT", "/collections/{}/points")
def upsert(store, body, name):
    return completed(change(store.get(name), "upsert", body))


@route("POST", "/collections/{}/points/delete")
def delete_points(store, body, name):
    return completed(change(store.get(name), "delete", body))


@route("PUT", "/collections/{}/points/vectors")
def update_vectors(store, body, name):
    return completed(change(store.get(name), "update_vectors", body))


@route("POST", "/collections/{}/points/vectors/delete")
def delete_vectors(store, body, name):
    return completed(change(store.get(name), "delete_vectors", body))


@route("POST", "/collections/{}/points/payload")
def set_payload(store, body, name):
    return completed(change(store.get(name), "set_payload", body))


@route("PUT", "/collections/{}/points/payload")
def overwrite_payload(store, body, name):
    return completed(change(store.get(name), "overwrite_payload", body))


@route("POST", "/collections/{}/points/payload/delete")
def delete_payload(store, body, name):
    return completed(change(store.get(name), "delete_payload", body))


@route("POST", "/collections/{}/points/payload/clear")
def clear_payload(store, body, name):
    return completed(change(store.get(name), "clear_payload", body))


@route("POST", "/collections/{}/points/batch")
def change_in_batch(store, body, name):
    collection = store.get(name)
    # All are read before the first is done, so that a mistake in one leaves everything as it was.
    operations = []
    for one in required(body, "operations"):
        if len(one) != 1:
            raise Problem(400, "Format error in JSON body: an operation has one field")
        operations.append(to_operation(*next(iter(one.items()))))
    return [completed(collection.update(operation)) for operation in operations]


# Reading points


@route("POST", "/collections/{}/points")
def retrieve(store, body, name):
    found = store.get(name).shard.retrieve(
        [to_id(one) for one in required(body, "ids")],
        to_payload_choice(body.get("with_payload"), True),
        body.get("with_vector", False),
    )
    return [from_record(one) for one in found]


@route("GET", "/collections/{}/points/{}")
def retrieve_one(store, body, name, point):
    found = store.get(name).shard.retrieve([to_id(int(point) if point.isdigit() else point)], True, True)
    if not found:
        raise Problem(404, f"Not found: Point with id {point} does not exists!")
    return from_record(found[0])


@route("POST", "/collections/{}/points/scroll")
def scroll(store, body, name):
    offset, order = body.get("offset"), body.get("order_by")
    if order is not None and offset is not None:
        raise Problem(400, "Bad request: Can't use offset with order_by; use order_by.start_from")
    records, following = store.get(name).shard.scroll(
        edge.ScrollRequest(
            offset=None if offset is None else to_id(offset),
            limit=body.get("limit") or 10,
            filter=to_filter(body.get("filter")),
            with_payload=to_payload_choice(body.get("with_payload"), True),
            with_vector=body.get("with_vector", False),
            order_by=None if order is None else to_order(order),
        )
    )
    return {
        "points": [from_record(one) for one in records],
        "next_page_offset": None if following is None or order is not None else from_id(following),
    }


@route("POST", "/collections/{}/points/count")
def count(store, body, name):
    wanted = edge.CountRequest(exact=body.get("exact", True), filter=to_filter(body.get("filter")))
    return {"count": store.get(name).shard.count(wanted)}


@route("POST", "/collections/{}/facet")
def facet(store, body, name):
    found = store.get(name).shard.facet(
        edge.FacetRequest(
            required(body, "key"), body.get("limit") or 10, bool(body.get("exact", False)), to_filter(body.get("filter"))
        )
    )
    return {"hits": [{"value": str(h.value) if hasattr(h.value, "hex") and not isinstance(h.value, (int, float)) else h.value, "count": h.count} for h in found.hits]}


# Searches


def search_points(store, name, body, limit=None):
    collection = store.get(name)

    def lookups(shard, using, source):
        if source is None:
            return Lookup(shard, using)
        other = store.get(required(source, "collection")).shard
        return Lookup(shard, using, (other, source.get("vector") or ""))

    return [from_scored(one) for one in collection.shard.query(to_query(body, collection.shard, lookups, limit))]


@route("POST", "/collections/{}/points/query")
def query(store, body, name):
    return {"points": search_points(store, name, body)}


@route("POST", "/collections/{}/points/query/batch")
def query_batch(store, body, name):
    return [{"points": search_points(store, name, one)} for one in required(body, "searches")]


@route("POST", "/collections/{}/points/search")
def search(store, body, name):
    return search_points(store, name, modern(body))


@route("POST", "/collections/{}/points/search/batch")
def search_batch(store, body, name):
    return [search_points(store, name, modern(one)) for one in required(body, "searches")]


@route("POST", "/collections/{}/points/recommend")
def recommend(store, body, name):
    return search_points(store, name, modern_recommendation(body))


@route("POST", "/collections/{}/points/recommend/batch")
def recommend_batch(store, body, name):
    return [search_points(store, name, modern_recommendation(one)) for one in required(body, "searches")]


@route("POST", "/collections/{}/points/discover")
def discover(store, body, name):
    return search_points(store, name, modern_discovery(body))


@route("POST", "/collections/{}/points/query/groups")
def query_groups(store, body, name):
    return group(store, name, body)


@route("POST", "/collections/{}/points/search/groups")
def search_groups(store, body, name):
    return group(store, name, modern(body))


@route("POST", "/collections/{}/points/recommend/groups")
def recommend_groups(store, body, name):
    return group(store, name, modern_recommendation(body))


def group(store, name, body):
    """The best hits of each value of a payload field; asks for more hits until the groups are full or all were seen."""
    field, groups, size = required(body, "group_by"), body.get("limit") or 3, body.get("group_size") or 3
    total = store.get(name).shard.info().points_count
    wanted = {k: v for k, v in body.items() if k not in ("group_by", "group_size", "limit", "with_lookup")}
    limit = max(groups * size * 2, 50)
    while True:
        found = search_points(store, name, {**wanted, "with_payload": True}, limit)
        filled = collect(found, field, groups, size)
        full = len(filled) == groups and all(len(hits) == size for hits in filled.values())
        if full or limit >= total:
            break
        limit *= 4
    kept = {hit["id"] for hits in filled.values() for hit in hits}
    shown = {}
    if body.get("with_payload") is not True and kept:
        choice = to_payload_choice(body.get("with_payload"), False)
        records = store.get(name).shard.retrieve([to_id(one) for one in kept], choice, False)
        shown = {from_id(record.id): record.payload for record in records}
    answer = []
    for value, hits in filled.items():
        points = [{**hit, "payload": shown[hit["id"]]} if hit["id"] in shown else hit for hit in hits]
        answer.append({"id": value, "hits": points, **looked_up(store, body.get("with_lookup"), value)})
    return {"groups": answer}


def collect(found, field, groups, size):
    filled = {}
    for hit in found:
        value = hit.get("payload") or {}
        for part in field.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, (str, int)) or isinstance(one, bool):
                continue
            if one not in filled and len(filled) == groups:
                continue
            hits = filled.setdefault(one, [])
            if len(hits) < size:
                hits.append(hit)
    return filled


def looked_up(store, wanted, value):
    if wanted is None:
        return {}
    if isinstance(wanted, str):
        wanted = {"collection": wanted}
    choice = to_payload_choice(wanted.get("with_payload"), True)
    found = store.get(required(wanted, "collection")).shard.retrieve([to_id(value)], choice, wanted.get("with_vectors", False))
    return {"lookup": from_record(found[0])} if found else {}
