"""Searches, of today's API and of the older one."""

from problem import required
from queries import Lookup, modern, modern_discovery, modern_recommendation, to_query
from router import route
from vectors import from_scored


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
