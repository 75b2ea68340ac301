"""Collections: made, described, changed, deleted; their vectors, aliases and indexes."""

import qdrant_edge as edge

from changes import completed
from problem import required, unsupported
from router import route
from schema import HNSW, index_name, to_dense_creation, to_index, to_sparse_creation


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
        if "size" in kept:
            merged = {**kept, **vectors.get("", {})}
        else:
            merged = {**kept, **{vector: {**kept.get(vector, {}), **one} for vector, one in vectors.items()}}
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


@route("PUT", "/collections/{}/index")
def create_index(store, body, name):
    field, schema = required(body, "field_name"), body.get("field_schema")
    if schema is None:
        raise unsupported("guessing the type of an index (give field_schema)")
    return completed(store.get(name).update(edge.UpdateOperation.create_field_index(field, to_index(schema))))


@route("DELETE", "/collections/{}/index/{}")
def delete_index(store, body, name, field):
    return completed(store.get(name).update(edge.UpdateOperation.delete_field_index(field)))
