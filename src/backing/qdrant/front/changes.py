"""Changes to points, as single requests and inside a batch."""

import qdrant_edge as edge

from filters import to_filter
from problem import Problem, required
from schema import choice
from vectors import to_id, to_points, to_vectors


def completed(number):
    """The answer to a change that is done."""
    return {"operation_id": number, "status": "completed"}


def change(collection, kind, body):
    """Applies one change, and gives its number."""
    return collection.update(to_operation(kind, body))


def to_operation(kind, body):
    """@param kind as a batch names it: `upsert`, `delete`, `set_payload`, …"""
    make = OPERATIONS.get(kind)
    if make is None:
        raise Problem(400, f"Format error in JSON body: unknown operation `{kind}`, expected one of {', '.join(OPERATIONS)}")
    if isinstance(body, list):
        body = {"points": body}
    return make(body)


def chosen(body, by_id, by_filter, *rest):
    """A change of points that are named by id or by filter."""
    if body.get("filter") is not None:
        return by_filter(to_filter(body["filter"]), *rest)
    return by_id([to_id(one) for one in required(body, "points")], *rest)


def upsert(body):
    return edge.UpdateOperation.upsert_points(
        to_points(body), to_filter(body.get("update_filter")), choice(edge.UpdateMode, body.get("update_mode"))
    )


def delete(body):
    return chosen(body, edge.UpdateOperation.delete_points, edge.UpdateOperation.delete_points_by_filter)


def set_payload(body):
    return chosen(
        body,
        edge.UpdateOperation.set_payload,
        edge.UpdateOperation.set_payload_by_filter,
        required(body, "payload"),
        body.get("key"),
    )


def overwrite_payload(body):
    return chosen(
        body,
        edge.UpdateOperation.overwrite_payload,
        edge.UpdateOperation.overwrite_payload_by_filter,
        required(body, "payload"),
        body.get("key"),
    )


def delete_payload(body):
    return chosen(
        body, edge.UpdateOperation.delete_payload, edge.UpdateOperation.delete_payload_by_filter, required(body, "keys")
    )


def clear_payload(body):
    return chosen(body, edge.UpdateOperation.clear_payload, edge.UpdateOperation.clear_payload_by_filter)


def update_vectors(body):
    changed = [
        edge.PointVectors(to_id(required(one, "id")), to_vectors(required(one, "vector")))
        for one in required(body, "points")
    ]
    return edge.UpdateOperation.update_vectors(changed, to_filter(body.get("update_filter")))


def delete_vectors(body):
    return chosen(
        body, edge.UpdateOperation.delete_vectors, edge.UpdateOperation.delete_vectors_by_filter, required(body, "vector")
    )


OPERATIONS = {
    "upsert": upsert,
    "delete": delete,
    "set_payload": set_payload,
    "overwrite_payload": overwrite_payload,
    "delete_payload": delete_payload,
    "clear_payload": clear_payload,
    "update_vectors": update_vectors,
    "delete_vectors": delete_vectors,
}
