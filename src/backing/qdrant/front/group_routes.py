"""Searches whose hits are put into groups by a field of the payload."""

from problem import required
from queries import modern, modern_recommendation
from router import route
from search_routes import search_points
from vectors import from_id, from_record, to_id, to_payload_choice


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
