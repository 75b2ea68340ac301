"""Filters of the REST API as the engine takes them. https://qdrant.tech/documentation/concepts/filtering/"""

import qdrant_edge as edge

from problem import Problem, required


def to_filter(body):
    """A filter, or None where the request has none."""
    if body is None:
        return None
    if not isinstance(body, dict):
        raise Problem(400, "Format error in JSON body: a filter is an object")
    unknown = set(body) - {"must", "should", "must_not", "min_should"}
    if unknown:
        raise Problem(400, f"Format error in JSON body: unknown field `{sorted(unknown)[0]}` in a filter")
    least = body.get("min_should")
    return edge.Filter(
        must=to_conditions(body.get("must")),
        should=to_conditions(body.get("should")),
        must_not=to_conditions(body.get("must_not")),
        min_should=None
        if least is None
        else edge.MinShould(to_conditions(required(least, "conditions")) or [], required(least, "min_count")),
    )


def to_conditions(body):
    """One condition may stand without its list."""
    if body is None:
        return None
    return [to_condition(one) for one in (body if isinstance(body, list) else [body])]


def to_condition(body):
    if not isinstance(body, dict):
        raise Problem(400, "Format error in JSON body: a condition is an object")
    if "nested" in body:
        nested = body["nested"]
        return edge.NestedCondition(required(nested, "key"), to_filter(required(nested, "filter")))
    if "key" in body:
        return to_field_condition(body)
    if "is_empty" in body:
        return edge.IsEmptyCondition(required(body["is_empty"], "key"))
    if "is_null" in body:
        return edge.IsNullCondition(required(body["is_null"], "key"))
    if "has_id" in body:
        return edge.HasIdCondition(set(body["has_id"]))
    if "has_vector" in body:
        return edge.HasVectorCondition(body["has_vector"])
    if set(body) & {"must", "should", "must_not", "min_should"}:
        return to_filter(body)
    raise Problem(400, f"Format error in JSON body: no condition has the fields {', '.join(sorted(body)) or 'of {}'}")


def to_field_condition(body):
    return edge.FieldCondition(
        body["key"],
        match=present(to_match, body.get("match")),
        range=present(to_range, body.get("range")),
        geo_bounding_box=present(to_box, body.get("geo_bounding_box")),
        geo_radius=present(to_circle, body.get("geo_radius")),
        geo_polygon=present(to_polygon, body.get("geo_polygon")),
        values_count=present(lambda count: edge.ValuesCount(**bounds(count)), body.get("values_count")),
        is_empty=body.get("is_empty"),
        is_null=body.get("is_null"),
    )


def present(make, body):
    return None if body is None else make(body)


class Truth:
    """A truth value that is no number. The engine's binding tries whole numbers first, and Python's `True` is one; what
    NumPy calls a truth value it takes for what it is.
    """

    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


Truth.__module__, Truth.__name__ = "numpy", "bool_"


def to_value(value):
    return edge.MatchValue(Truth(value) if isinstance(value, bool) else value)


MATCHES = {
    "value": to_value,
    "text": edge.MatchText,
    "text_any": edge.MatchTextAny,
    "phrase": edge.MatchPhrase,
    "prefix": edge.MatchPrefix,
    "any": edge.MatchAny,
    "except": edge.MatchExcept,
}


def to_match(body):
    for key, make in MATCHES.items():
        if key in body:
            return make(body[key])
    raise Problem(400, f"Format error in JSON body: a match has one of {', '.join(MATCHES)}")


def bounds(body):
    unknown = set(body) - {"lt", "gt", "lte", "gte"}
    if unknown:
        raise Problem(400, f"Format error in JSON body: unknown field `{sorted(unknown)[0]}` in a range")
    return {key: value for key, value in body.items() if value is not None}


def to_range(body):
    limits = bounds(body)
    dates = any(isinstance(value, str) for value in limits.values())
    return edge.RangeDateTime(**limits) if dates else edge.RangeFloat(**limits)


def to_place(body):
    return edge.GeoPoint(required(body, "lon"), required(body, "lat"))


def to_box(body):
    return edge.GeoBoundingBox(to_place(required(body, "top_left")), to_place(required(body, "bottom_right")))


def to_circle(body):
    return edge.GeoRadius(to_place(required(body, "center")), required(body, "radius"))


def to_polygon(body):
    ring = lambda line: [to_place(place) for place in required(line, "points")]
    inner = body.get("interiors")
    return edge.GeoPolygon(ring(required(body, "exterior")), [ring(line) for line in inner] if inner else None)
