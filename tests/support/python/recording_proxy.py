"""A loopback proxy between a client and a cloud: it remembers every API call, and can spoil them.

The operation of a call is read off the request by the program's own models (models/*.json), so a test can say
`connect:CreateQueue`. Signatures stay as they are: the cloud does not verify those of 12-digit keys.
"""
import collections
import http.client
import http.server
import json
import os
import re
import threading
import urllib.parse

MODELS = os.path.join(os.environ["TRUNKLINE_SOURCE"], "models")
READS = ("BatchGet", "Describe", "Get", "Head", "List", "Search")

# `write` counts what changes something, from 1; what only looks has 0, and is repeated as often as things take time.
Call = collections.namedtuple("Call", "name region write")
Answer = collections.namedtuple("Answer", "status body headers", defaults=({},))

# What `spoil` may return beside None (the call goes through) and an Answer (given instead of the cloud's).
REFUSED = "the connection is closed, the cloud hears nothing"
LOST = "the cloud does it, its answer is lost"
CUT = "the cloud does it, its answer breaks off in the middle"


def throttled():
    """What AWS says to a caller in a hurry; the body's spelling suits JSON services."""
    body = json.dumps({"__type": "ThrottlingException", "message": "Rate exceeded"}).encode()
    return Answer(429, body, {"X-Amzn-ErrorType": "ThrottlingException"})


def denied(what="you may not do this"):
    body = json.dumps({"__type": "AccessDeniedException", "message": what}).encode()
    return Answer(403, body, {"X-Amzn-ErrorType": "AccessDeniedException"})


class Operations:
    """Names the operation of a request."""

    def __init__(self):
        self.by_target = {}
        self.by_path = collections.defaultdict(list)
        for file in sorted(os.listdir(MODELS)):
            if file.endswith(".json"):
                with open(os.path.join(MODELS, file), encoding="utf-8") as model:
                    self._add(json.load(model))
        for rows in self.by_path.values():
            rows.sort(key=lambda row: (-len(row[2]), row[1].pattern.count("+")))  # the most literal first

    def _add(self, model):
        if "target" in model:
            self.by_target[model["target"]] = model["service"]
        if not model["protocol"].startswith("rest"):
            return
        for name, row in model["operations"].items():
            if "http" not in row:
                continue
            method, _, uri = row["http"].partition(" ")
            path, _, query = uri.partition("?")
            pattern = re.sub(r"\\\{[^}]*?\\\+\\\}", ".+", re.escape(path.rstrip("/")))
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", pattern)
            row = (method, re.compile(pattern + "/?"), query, f"{model['service']}:{name}")
            self.by_path[model["signing"]].append(row)

    def name(self, signing, method, target, headers, body):
        if "X-Amz-Target" in headers:
            prefix, _, operation = headers["X-Amz-Target"].rpartition(".")
            return f"{self.by_target.get(prefix, prefix)}:{operation}"
        path, _, query = target.partition("?")
        for row_method, pattern, row_query, name in self.by_path.get(signing, ()):
            if row_method == method and pattern.fullmatch(path) and (not row_query or row_query in query.split("&")):
                return name
        action = urllib.parse.parse_qs(body.decode("utf-8", "replace")).get("Action", ["unknown"])
        return f"{signing}:{action[0]}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream = None

    def finish(self):
        if self.upstream:
            self.upstream.close()
        try:
            super().finish()
        except OSError:
            pass  # the client is gone

    def log_message(self, *words):
        pass

    def _serve(self):
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        call = proxy.record(self.command, self.path, self.headers, body)
        spoiled = proxy.spoil(call) if proxy.spoil else None
        if spoiled == REFUSED:
            self.close_connection = True
            return
        answer = spoiled if isinstance(spoiled, Answer) else self._ask(body)
        if answer is not None and not isinstance(spoiled, Answer):
            proxy.answers.append((call, answer))
        if answer is None or spoiled == LOST:
            self.close_connection = True
            return
        self._answer(answer, spoiled == CUT)

    def _ask(self, body):
        """The cloud's answer; None when there is none."""
        try:
            if not self.upstream:
                self.upstream = http.client.HTTPConnection(self.server.proxy.upstream, timeout=60)
            self.upstream.request(self.command, self.path, body, dict(self.headers.items()))
            response = self.upstream.getresponse()
            return Answer(response.status, response.read(), dict(response.getheaders()))
        except (OSError, http.client.HTTPException):
            return None

    def _answer(self, answer, cut):
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[:len(answer.body) // 2] if cut else answer.body)
        if cut:
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _serve


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that was killed: the test says what it thinks of that


class Proxy:
    """`endpoint` leads to the cloud at `endpoint_of_cloud`; `spoil(call)` decides what becomes of each call."""

    def __init__(self, endpoint_of_cloud):
        self.lead_to(endpoint_of_cloud)
        self.operations = Operations()
        self.lock = threading.Lock()
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.proxy = self
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.reset()
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def lead_to(self, endpoint_of_cloud):
        self.upstream = urllib.parse.urlsplit(endpoint_of_cloud).netloc

    def reset(self, spoil=None):
        self.calls = []
        self.answers = []  # (call, Answer) of what the cloud did
        self.spoil = spoil

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def record(self, method, target, headers, body):
        scope = re.search(r"Credential=[^/]*/\d+/([^/]+)/([^/]+)/", headers.get("Authorization", ""))
        region, signing = scope.groups() if scope else ("", "unsigned")
        with self.lock:
            name = self.operations.name(signing, method, target, headers, body)
            reads = name.partition(":")[2].startswith(READS)
            call = Call(name, region, 0 if reads else len(self.writes()) + 1)
            self.calls.append(call)
            return call

    def writes(self):
        return [call.name for call in self.calls if call.write]

    def in_region(self, region):
        return [call.name for call in self.calls if call.region == region]
