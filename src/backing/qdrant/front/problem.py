"""The one way in which a request fails."""


class Problem(Exception):
    """An answer other than success. `status` is the HTTP status that the Qdrant server gives in this case."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def unsupported(what: str) -> Problem:
    """What the server can do and the embedded engine cannot: said, never faked."""
    return Problem(501, f"Not implemented: {what} needs the Qdrant server; this is the embedded engine run by Gantry")


def required(body: dict, key: str):
    """A field that the request cannot do without."""
    if not isinstance(body, dict):
        raise Problem(400, "Format error in JSON body: expected an object")
    value = body.get(key)
    if value is None:
        raise Problem(400, f"Format error in JSON body: missing field `{key}`")
    return value
