"""Scoring formulas. https://qdrant.tech/documentation/concepts/hybrid-queries/#score-boosting"""

import qdrant_edge as edge

from filters import to_condition
from problem import Problem, required

DECAYS = {"lin_decay": "Lin", "gauss_decay": "Gauss", "exp_decay": "Exp"}
ONE = {"neg": "Neg", "abs": "Abs", "sqrt": "Sqrt", "exp": "Exp", "log10": "Log10", "ln": "Ln"}
MANY = {"mult": "Mult", "sum": "Sum", "max": "Max", "min": "Min"}


def to_formula(body):
    """A formula over the scores of prefetches and the payload."""
    return edge.Formula(to_expression(body["formula"]), body.get("defaults") or {})


def to_expression(body):
    if isinstance(body, bool) or body is None:
        raise Problem(400, f"Format error in JSON body: {body!r} is no expression")
    if isinstance(body, (int, float)):
        return edge.Expression.Constant(float(body))
    if isinstance(body, str):
        return edge.Expression.Variable(body)
    for key, name in MANY.items():
        if key in body and hasattr(edge.Expression, name):
            return getattr(edge.Expression, name)([to_expression(one) for one in body[key]])
    for key, name in ONE.items():
        if key in body:
            return getattr(edge.Expression, name)(to_expression(body[key]))
    for key, name in DECAYS.items():
        if key in body:
            given = body[key]
            target = given.get("target")
            return edge.Expression.Decay(
                getattr(edge.DecayKind, name),
                to_expression(required(given, "x")),
                None if target is None else to_expression(target),
                given.get("midpoint"),
                given.get("scale"),
            )
    if "div" in body:
        given = body["div"]
        return edge.Expression.Div(
            to_expression(required(given, "left")), to_expression(required(given, "right")), given.get("by_zero_default")
        )
    if "pow" in body:
        given = body["pow"]
        return edge.Expression.Pow(to_expression(required(given, "base")), to_expression(required(given, "exponent")))
    if "geo_distance" in body:
        given = body["geo_distance"]
        origin = required(given, "origin")
        return edge.Expression.GeoDistance(edge.GeoPoint(origin["lon"], origin["lat"]), required(given, "to"))
    if "datetime" in body:
        return edge.Expression.Datetime(body["datetime"])
    if "datetime_key" in body:
        return edge.Expression.DatetimeKey(body["datetime_key"])
    return edge.Expression.Condition(to_condition(body))
