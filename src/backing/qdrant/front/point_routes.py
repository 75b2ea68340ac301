"""Points: changed, read, counted."""

import qdrant_edge as edge

from changes import change, completed, to_operation
from filters import to_filter
from problem import Problem, required
from queries import to_order
from router import route
from vectors import from_id, from_record, from_value, to_id, to_payload_choice


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
    return {"hits": [{"value": from_value(hit.value), "count": hit.count} for hit in found.hits]}
