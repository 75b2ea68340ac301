"""The part of Qdrant's REST API that its clients use, over the embedded engine (qdrant-edge-py).

Started by Gantry where no Qdrant server is to be had. Settings come by the environment, for a key must not stand in a
process list: QDRANT_FRONT_HOST, QDRANT_FRONT_PORT, QDRANT_FRONT_FOLDER, QDRANT_FRONT_KEY.
"""

import hmac
import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import collection_routes  # noqa: F401  (each registers its paths)
import group_routes  # noqa: F401
import point_routes  # noqa: F401
import search_routes  # noqa: F401
from problem import Problem
from router import find
from store import Store

# The release of Qdrant that this version of the engine was made from.
VERSION = "1.20.1-dev"
LARGEST_BODY = 256 * 1024 * 1024
OPEN_PATHS = ("/healthz", "/livez", "/readyz")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer goes out as one packet instead of waiting for the acknowledgement of its first half.
    wbufsize = -1
    disable_nagle_algorithm = True

    def handle_request(self):
        began = time.perf_counter()
        path = urlsplit(self.path).path
        try:
            body = self.read_body()
            if path in OPEN_PATHS:
                return self.answer_text(f"{path[1:]} check passed")
            self.check_key()
            status, result = 200, self.result_of(path, body)
            if path == "/":
                return self.answer_json(200, result)
        except Problem as problem:
            status, result = problem.status, problem
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            # The engine's own types refuse what does not fit them.
            status, result = 400, Problem(400, f"Format error in JSON body: {error}")
        except BrokenPipeError:
            return None
        except Exception as error:  # The engine reports everything as the one class Exception.
            status, result = status_of(str(error)), error
        elapsed = time.perf_counter() - began
        if isinstance(result, Exception):
            return self.answer_json(status, {"status": {"error": str(result)}, "time": elapsed})
        return self.answer_json(status, {"result": result, "status": "ok", "time": elapsed})

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = handle_request

    def read_body(self):
        length = int(self.headers.get("content-length") or 0)
        if "chunked" in (self.headers.get("transfer-encoding") or ""):
            text = self.read_chunks()
        elif length > LARGEST_BODY:
            self.close_connection = True
            raise Problem(413, f"Payload error: a JSON body is at most {LARGEST_BODY} bytes")
        else:
            text = self.rfile.read(length)
        if not text:
            return {}
        try:
            return json.loads(text)
        except ValueError as error:
            raise Problem(400, f"Format error in JSON body: {error}") from None

    def read_chunks(self):
        chunks, total = [], 0
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            if size == 0:
                while self.rfile.readline() not in (b"\r\n", b"\n", b""):
                    pass
                return b"".join(chunks)
            total += size
            if total > LARGEST_BODY:
                self.close_connection = True
                raise Problem(413, f"Payload error: a JSON body is at most {LARGEST_BODY} bytes")
            chunks.append(self.rfile.read(size))
            self.rfile.readline()

    def check_key(self):
        given = self.headers.get("api-key") or ""
        bearer = self.headers.get("authorization") or ""
        if not given and bearer.lower().startswith("bearer "):
            given = bearer[7:]
        if not hmac.compare_digest(given.encode(), self.server.key.encode()):
            raise Problem(401, "Invalid API key" if given else "Must provide an API key")

    def result_of(self, path, body):
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if path == "/":
            return {"title": "qdrant - embedded engine, run by Gantry", "version": VERSION}
        if path == "/telemetry":
            names = list(self.server.store.collections)
            return {"app": {"name": "qdrant-edge", "version": VERSION}, "collections": {"number_of_collections": len(names)}}
        function, names = find(self.command, parts)
        return function(self.server.store, body, *names)

    def answer_json(self, status, value):
        self.answer(status, "application/json", json.dumps(value, ensure_ascii=False).encode())

    def answer_text(self, text):
        self.answer(200, "text/plain; charset=utf-8", text.encode())

    def answer(self, status, kind, content):
        try:
            self.send_response_only(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *arguments):
        """Requests are not logged: a busy service would drown the log that all services share."""


def status_of(message):
    """The HTTP status of an error of the engine, by what it says."""
    if "Service runtime error" in message or "panic" in message:
        return 500
    return 404 if message.startswith("Not found") else 400


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, store, key):
        super().__init__(address, Handler)
        self.store = store
        self.key = key

    def handle_error(self, request, client_address):
        """A client that went away is no news."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def main():
    setting = lambda name: os.environ.pop(f"QDRANT_FRONT_{name}")
    address = (setting("HOST"), int(setting("PORT")))
    folder, key = setting("FOLDER"), setting("KEY")
    store = Store(folder)
    server = Server(address, store, key)
    stopping = threading.Event()

    def stop(*_):
        stopping.set()
        # From another thread, for `shutdown` waits for the loop that this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def tend():
        while not stopping.wait(2):
            store.tend(idle=5)

    threading.Thread(target=tend, daemon=True).start()
    print(f"qdrant: the embedded engine serves {len(store.collections)} collections on {address[0]}:{address[1]}", flush=True)
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    store.close()


if __name__ == "__main__":
    main()
