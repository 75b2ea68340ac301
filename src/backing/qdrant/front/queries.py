"""Searches of the REST API as the engine takes them. https://qdrant.tech/documentation/concepts/hybrid-queries/"""

import qdrant_edge as edge

from filters import to_filter
from formulas import to_formula
from problem import Problem, required, unsupported
from schema import choice
from vectors import to_id, to_payload_choice, to_vector


class Lookup:
    """Turns ids of points in a query into their vectors, and remembers them: the answer leaves them out."""

    def __init__(self, shard, using, elsewhere=None):
        self.shard = shard
        self.using = using or ""
        self.elsewhere = elsewhere
        self.ids = []

    def vector(self, body):
        if isinstance(body, (list, dict)):
            return to_vector(body)
        wanted = to_id(body)
        shard, name = self.elsewhere or (self.shard, self.using)
        found = shard.retrieve([wanted], False, [name] if name else True)
        if not found:
            raise Problem(404, f"Not found: No point with id {body} found")
        if self.elsewhere is None:
            self.ids.append(wanted)
        vector = found[0].vector
        if isinstance(vector, dict):
            if name not in vector:
                raise Problem(400, f"Wrong input: Not existing vector name error: {name}")
            return vector[name]
        return vector

    def all(self, body):
        if body is None:
            return []
        return [self.vector(one) for one in (body if isinstance(body, list) and not is_vector(body) else [body])]


def is_vector(body):
    return bool(body) and all(isinstance(one, float) for one in body)


def to_params(body):
    if not body:
        return None
    less = body.get("quantization")
    acorn = body.get("acorn")
    return edge.SearchParams(
        hnsw_ef=body.get("hnsw_ef"),
        exact=bool(body.get("exact", False)),
        quantization=None
        if less is None
        else edge.QuantizationSearchParams(bool(less.get("ignore", False)), less.get("rescore"), less.get("oversampling")),
        indexed_only=bool(body.get("indexed_only", False)),
        acorn=None
        if acorn is None
        else edge.AcornSearchParams(bool(acorn.get("enable", False)), acorn.get("max_selectivity")),
    )


def to_scoring(body, lookup):
    """What a `query` says: how points are found and scored."""
    using = lookup.using or None
    if body is None:
        return None
    if not isinstance(body, dict) or "indices" in body:
        return edge.Query.Nearest(lookup.vector(body), using)
    if "nearest" in body:
        vector = lookup.vector(body["nearest"])
        spread = body.get("mmr")
        if spread is None:
            return edge.Query.Nearest(vector, using)
        likeness = 1 - spread.get("diversity", 0.5)
        return edge.Mmr(vector, likeness, using=using, candidates_limit=spread.get("candidates_limit", 100))
    if "recommend" in body:
        return to_recommendation(body["recommend"], lookup, using)
    if "discover" in body:
        wanted = body["discover"]
        target = lookup.vector(required(wanted, "target"))
        return edge.Query.Discover(edge.DiscoverQuery(target, to_pairs(wanted.get("context"), lookup)), using)
    if "context" in body:
        return edge.Query.Context(edge.ContextQuery(to_pairs(body["context"], lookup)), using)
    if "order_by" in body:
        return to_order(body["order_by"])
    if "fusion" in body:
        if body["fusion"] == "rrf":
            return edge.Fusion.Rrf(2)
        if body["fusion"] == "dbsf":
            return edge.Fusion.Dbsf()
        raise Problem(400, f"Format error in JSON body: unknown fusion `{body['fusion']}`, expected rrf or dbsf")
    if "rrf" in body:
        return edge.Fusion.Rrf(body["rrf"].get("k") or 2, body["rrf"].get("weights"))
    if "sample" in body:
        return choice(edge.Sample, body["sample"])
    if "formula" in body:
        return to_formula(body)
    if "model" in body:
        raise unsupported("making vectors from documents (inference)")
    raise Problem(400, f"Format error in JSON body: no query has the fields {', '.join(sorted(body)) or 'of {}'}")


def to_pairs(body, lookup):
    pairs = body if isinstance(body, list) else [body] if body else []
    return [edge.ContextPair(lookup.vector(one["positive"]), lookup.vector(one["negative"])) for one in pairs]


def to_recommendation(body, lookup, using):
    likes, dislikes = lookup.all(body.get("positive")), lookup.all(body.get("negative"))
    strategy = body.get("strategy") or "average_vector"
    if strategy == "best_score":
        return edge.Query.RecommendBestScore(edge.RecommendQuery(likes, dislikes), using)
    if strategy == "sum_scores":
        return edge.Query.RecommendSumScores(edge.RecommendQuery(likes, dislikes), using)
    if strategy != "average_vector":
        raise Problem(400, f"Format error in JSON body: unknown recommendation strategy `{strategy}`")
    if not likes:
        raise Problem(400, "Wrong input: At least one positive vector is required for the average vector")
    if not all(isinstance(one, list) and one and not isinstance(one[0], list) for one in likes + dislikes):
        raise unsupported("the average of sparse vectors and multivectors")
    centre = average(likes)
    if dislikes:
        # As the server does: away from what is disliked, by as much as the two centres differ.
        centre = [2 * here - there for here, there in zip(centre, average(dislikes))]
    return edge.Query.Nearest(centre, using)


def average(vectors):
    return [sum(column) / len(vectors) for column in zip(*vectors)]


def to_order(body):
    if isinstance(body, str):
        return edge.OrderBy(body)
    return edge.OrderBy(required(body, "key"), choice(edge.Direction, body.get("direction")), body.get("start_from"))


def without(condition, ids):
    """The filter of a query that names points: these are not part of the answer."""
    if not ids:
        return condition
    named = edge.HasIdCondition(set(ids))
    if condition is None:
        return edge.Filter(must_not=[named])
    return edge.Filter(must=[condition], must_not=[named])


def to_prefetches(body, shard, lookups):
    if body is None:
        return None
    stages = []
    for one in body if isinstance(body, list) else [body]:
        lookup = lookups(shard, one.get("using"), one.get("lookup_from"))
        query = to_scoring(one.get("query"), lookup)
        stages.append(
            edge.Prefetch(
                limit=one.get("limit", 10),
                query=query,
                prefetches=to_prefetches(one.get("prefetch"), shard, lookups),
                params=to_params(one.get("params")),
                filter=without(to_filter(one.get("filter")), lookup.ids),
                score_threshold=one.get("score_threshold"),
            )
        )
    return stages


def to_query(body, shard, lookups, limit=None):
    """`POST …/points/query`. @param lookups makes a Lookup; it knows the other collections."""
    lookup = lookups(shard, body.get("using"), body.get("lookup_from"))
    query = to_scoring(body.get("query"), lookup)
    return edge.QueryRequest(
        limit=body.get("limit", 10) if limit is None else limit,
        offset=body.get("offset") or 0,
        query=query,
        prefetches=to_prefetches(body.get("prefetch"), shard, lookups),
        with_vector=body.get("with_vector", False),
        with_payload=to_payload_choice(body.get("with_payload"), False),
        filter=without(to_filter(body.get("filter")), lookup.ids),
        score_threshold=body.get("score_threshold"),
        params=to_params(body.get("params")),
    )


def modern(body):
    """The body of an older search (`…/points/search`) in the words of `…/points/query`."""
    vector = required(body, "vector")
    named = isinstance(vector, dict) and "name" in vector
    kept = {key: value for key, value in body.items() if key != "vector"}
    return {**kept, "query": vector["vector"] if named else vector, **({"using": vector["name"]} if named else {})}


def modern_recommendation(body):
    """The body of `…/points/recommend` in the words of `…/points/query`."""
    words = {key: body[key] for key in ("positive", "negative", "strategy") if body.get(key) is not None}
    kept = {key: value for key, value in body.items() if key not in words}
    using = kept.get("using")
    return {**kept, "query": {"recommend": words}, "using": using["name"] if isinstance(using, dict) else using}


def modern_discovery(body):
    """The body of `…/points/discover` in the words of `…/points/query`."""
    kept = {key: value for key, value in body.items() if key not in ("target", "context")}
    if body.get("target") is None:
        return {**kept, "query": {"context": body.get("context")}}
    return {**kept, "query": {"discover": {"target": body["target"], "context": body.get("context")}}}
