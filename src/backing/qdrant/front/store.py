"""Collections on disk: each in a folder of its own, whole or not there at all."""

import json
import os
import secrets
import shutil
import threading
import time

import qdrant_edge as edge

from problem import Problem
from schema import to_config

FORBIDDEN = set('<>:"/\\|?*\0\x1f')


class Collection:
    """An open shard with what it was made from. `lock` is held while it is changed."""

    def __init__(self, name, folder, body, shard):
        self.name = name
        self.folder = folder
        self.body = body
        self.shard = shard
        self.lock = threading.Lock()
        self.operations = 0
        self.changed_at = None

    def update(self, operation):
        """Applies one change, and gives its number. It is in the write-ahead log when this returns."""
        with self.lock:
            if self.shard is None:
                raise missing(self.name)
            self.shard.update(operation)
            self.changed_at = time.monotonic()
            self.operations += 1
            return self.operations


def missing(name):
    return Problem(404, f"Not found: Collection `{name}` doesn't exist!")


def write_json(path, value):
    """Whole or not at all, also when the machine stops in the middle."""
    temporary = f"{path}.{secrets.token_hex(6)}.tmp"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


class Store:
    """All collections and aliases under one folder."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "collections")
        self.alias_file = os.path.join(folder, "aliases.json")
        self.lock = threading.RLock()
        self.collections = {}
        self.aliases = {}
        os.makedirs(self.folder, exist_ok=True)
        if os.path.exists(self.alias_file):
            with open(self.alias_file, encoding="utf-8") as file:
                self.aliases = json.load(file)
        for entry in sorted(os.listdir(self.folder)):
            path = os.path.join(self.folder, entry)
            if "." in entry:
                # Half made or half removed when the process ended.
                shutil.rmtree(path, ignore_errors=True)
                continue
            with open(os.path.join(path, "collection.json"), encoding="utf-8") as file:
                kept = json.load(file)
            shard = edge.EdgeShard.load(os.path.join(path, "shard"))
            self.collections[kept["name"]] = Collection(kept["name"], path, kept["body"], shard)

    def get(self, name):
        """An existing collection by its name or an alias."""
        with self.lock:
            found = self.collections.get(self.aliases.get(name, name))
        if found is None:
            raise missing(name)
        return found

    def exists(self, name):
        with self.lock:
            return self.aliases.get(name, name) in self.collections

    def create(self, name, body):
        if not name or len(name) > 255 or set(name) & FORBIDDEN:
            raise Problem(422, f"Validation error in path parameters: [name: {name!r} cannot name a collection]")
        config = to_config(body)
        with self.lock:
            if name in self.collections:
                raise Problem(409, f"Wrong input: Collection `{name}` already exists!")
            if name in self.aliases:
                raise Problem(409, f"Wrong input: Alias `{name}` already exists!")
            path = os.path.join(self.folder, secrets.token_hex(8))
            making = f"{path}.making"
            os.makedirs(making)
            try:
                edge.EdgeShard.create(os.path.join(making, "shard"), config).close()
                write_json(os.path.join(making, "collection.json"), {"name": name, "body": body})
                os.rename(making, path)
            except BaseException:
                shutil.rmtree(making, ignore_errors=True)
                raise
            shard = edge.EdgeShard.load(os.path.join(path, "shard"))
            self.collections[name] = Collection(name, path, body, shard)

    def amend(self, name, changes):
        """Keeps changed parameters for `GET`; the engine takes them at its next start."""
        collection = self.get(name)
        with collection.lock:
            body = {**collection.body}
            for key, value in changes.items():
                body[key] = {**body[key], **value} if isinstance(value, dict) and isinstance(body.get(key), dict) else value
            config = to_config(body)
            write_json(os.path.join(collection.folder, "collection.json"), {"name": collection.name, "body": body})
            collection.shard.close()
            collection.shard = edge.EdgeShard.load(os.path.join(collection.folder, "shard"), config)
            collection.body = body

    def keep_vector(self, collection, kind, vector, params):
        """Keeps the parameters of a vector that came (or went, for None) for `GET`."""
        with collection.lock:
            kept = {name: one for name, one in (collection.body.get(kind) or {}).items() if name != vector}
            body = {**collection.body, kind: kept if params is None else {**kept, vector: params}}
            write_json(os.path.join(collection.folder, "collection.json"), {"name": collection.name, "body": body})
            collection.body = body

    def delete(self, name):
        with self.lock:
            name = self.aliases.get(name, name)
            collection = self.collections.pop(name, None)
            if collection is None:
                return False
            self.keep_aliases({alias: target for alias, target in self.aliases.items() if target != name})
        with collection.lock:
            collection.shard.close()
            collection.shard = None
            removing = f"{collection.folder}.removing"
            os.rename(collection.folder, removing)
            shutil.rmtree(removing, ignore_errors=True)
        return True

    def keep_aliases(self, aliases):
        write_json(self.alias_file, aliases)
        self.aliases = aliases

    def change_aliases(self, actions):
        """All of the actions, or none."""
        with self.lock:
            aliases = dict(self.aliases)
            for action in actions:
                if "create_alias" in action:
                    wanted = action["create_alias"]
                    if wanted["collection_name"] not in self.collections:
                        raise missing(wanted["collection_name"])
                    if wanted["alias_name"] in self.collections:
                        raise Problem(409, f"Wrong input: Collection `{wanted['alias_name']}` already exists!")
                    aliases[wanted["alias_name"]] = wanted["collection_name"]
                elif "delete_alias" in action:
                    aliases.pop(action["delete_alias"]["alias_name"], None)
                elif "rename_alias" in action:
                    wanted = action["rename_alias"]
                    if wanted["old_alias_name"] not in aliases:
                        raise Problem(404, f"Not found: Alias {wanted['old_alias_name']} does not exists!")
                    aliases[wanted["new_alias_name"]] = aliases.pop(wanted["old_alias_name"])
                else:
                    raise Problem(400, "Format error in JSON body: unknown alias action")
            self.keep_aliases(aliases)

    def tend(self, idle):
        """Writes changes out of the log, for collections that were left alone for `idle` seconds.

        The engine's `optimize`, which would build a vector index, is not called: it keeps every thread of Python waiting
        until it is done (36 s for 30,000 vectors of 256 numbers), and a search that looks at each of them takes about 10 ms.
        """
        with self.lock:
            collections = list(self.collections.values())
        for collection in collections:
            with collection.lock:
                changed = collection.changed_at
                if collection.shard is None or changed is None or time.monotonic() - changed < idle:
                    continue
                collection.changed_at = None
                collection.shard.flush()

    def close(self):
        with self.lock:
            collections, self.collections = self.collections, {}
        for collection in collections.values():
            with collection.lock:
                if collection.shard is not None:
                    collection.shard.flush()
                    collection.shard.close()
                    collection.shard = None
