"""Vectors, points and their parts, in both directions between JSON and the engine."""

import uuid

import qdrant_edge as edge

from problem import Problem, required, unsupported


def to_id(value):
    """A point id: a whole number or a UUID."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise Problem(400, f"Format error in JSON body: {value!r} is no point id")
    if isinstance(value, int):
        if not 0 <= value < 2**64:
            raise Problem(400, f"Format error in JSON body: {value} is no point id, for it is not in 0..2^64")
        return value
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Problem(
            400,
            f"Format error in JSON body: value {value} is not a valid point ID, "
            "valid values are either an unsigned integer or a UUID",
        ) from None


def to_vector(body):
    """One vector: dense, sparse, or several dense ones for one point."""
    if isinstance(body, dict):
        if "indices" in body:
            return edge.SparseVector(body["indices"], required(body, "values"))
        if "model" in body:
            raise unsupported("making vectors from documents (inference)")
        raise Problem(400, "Format error in JSON body: a sparse vector has `indices` and `values`")
    if not isinstance(body, list):
        raise Problem(400, "Format error in JSON body: a vector is a list of numbers")
    return body


def to_vectors(body):
    """What a point carries: one vector without a name, or several by name."""
    if isinstance(body, dict) and not {"indices", "model"} & set(body):
        return {name: to_vector(vector) for name, vector in body.items()}
    return to_vector(body)


def to_points(body):
    """Points of an upsert: a list of points, or lists of their parts."""
    if "batch" in body:
        batch = body["batch"]
        ids = required(batch, "ids")
        vectors = required(batch, "vectors")
        payloads = batch.get("payloads") or [None] * len(ids)
        if isinstance(vectors, dict):
            columns = {name: [to_vector(one) for one in column] for name, column in vectors.items()}
            same_length(ids, *columns.values(), payloads)
            rows = [{name: column[row] for name, column in columns.items()} for row in range(len(ids))]
        else:
            rows = [to_vectors(one) for one in vectors]
        same_length(ids, rows, payloads)
        return [edge.Point(to_id(one), row, payload) for one, row, payload in zip(ids, rows, payloads)]
    return [
        edge.Point(to_id(required(one, "id")), to_vectors(required(one, "vector")), one.get("payload"))
        for one in required(body, "points")
    ]


def same_length(*columns):
    if len({len(column) for column in columns}) > 1:
        raise Problem(400, "Format error in JSON body: ids, vectors and payloads of a batch differ in length")


def to_payload_choice(body, default):
    """`with_payload`: all, none, some keys, or all but some."""
    if body is None:
        return default
    if isinstance(body, dict):
        if "include" in body:
            return edge.PayloadSelector.Include(body["include"])
        return edge.PayloadSelector.Exclude(required(body, "exclude"))
    return body


def from_id(value):
    return value if isinstance(value, int) else str(value)


def from_value(value):
    """A value of the payload that JSON has no type for is its text."""
    return str(value) if isinstance(value, uuid.UUID) else value


def from_vector(vector):
    if isinstance(vector, edge.SparseVector):
        return {"indices": vector.indices, "values": vector.values}
    return vector


def from_vectors(vectors):
    if isinstance(vectors, dict):
        return {name: from_vector(vector) for name, vector in vectors.items()}
    return from_vector(vectors)


def from_record(record):
    """A point as `retrieve` and `scroll` give it."""
    answer = {"id": from_id(record.id), "payload": record.payload}
    if record.vector is not None:
        answer["vector"] = from_vectors(record.vector)
    if record.order_value is not None:
        answer["order_value"] = record.order_value
    return answer


def from_scored(point):
    """A point as a search gives it."""
    answer = {"id": from_id(point.id), "version": point.version, "score": point.score}
    if point.payload is not None:
        answer["payload"] = point.payload
    if point.vector is not None:
        answer["vector"] = from_vectors(point.vector)
    if point.order_value is not None:
        answer["order_value"] = point.order_value
    return answer
