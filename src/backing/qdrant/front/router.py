"""From the method and path of a request to the function that answers it. https://api.qdrant.tech/api-reference"""

from problem import Problem, unsupported

# Function by method and path.
WHOLE = {}
# What the server has and the engine has not; as parts of a path.
SERVER_ONLY = {"cluster", "snapshots", "locks", "issues", "shards", "matrix", "optimizations"}


def route(method, path):
    """Registers a function for a path; `{}` stands for one part of it, given to the function in turn."""

    def register(function):
        WHOLE[(method, tuple(path.strip("/").split("/")))] = function
        return function

    return register


def find(method, parts):
    """The function for a request and the parts of its path that stand for names."""
    for (wanted, pattern), function in WHOLE.items():
        if wanted == method and len(pattern) == len(parts):
            if all(one in ("{}", other) for one, other in zip(pattern, parts)):
                return function, [other for one, other in zip(pattern, parts) if one == "{}"]
    if SERVER_ONLY & set(parts[:1] + parts[2:]):
        raise unsupported("/" + "/".join(parts))
    raise Problem(404, f"Not found: /{'/'.join(parts)}")
