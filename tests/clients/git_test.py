"""Git itself against the embedded cloud: push, clone, fetch; signed webhooks; connections through the AWS CLI and boto3."""
import hashlib
import hmac
import http.server
import json
import os
import subprocess
import threading
import urllib.request

from clients import ClientTest, until
from running_cloud import Cloud, clean_environment

SECRET = "It's a Secret to Everybody"


class Receiver:
    """What a hook calls: keeps what came."""

    def __init__(self):
        self.received = received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append((dict(self.headers), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class GitTest(ClientTest):
    def git(self, *words, folder=None, check=True):
        environment = clean_environment(
            HOME=self.folder, GIT_CONFIG_NOSYSTEM="1", GIT_TERMINAL_PROMPT="0", NO_PROXY="127.0.0.1",
            GIT_AUTHOR_NAME="Ann", GIT_AUTHOR_EMAIL="ann@example.com",
            GIT_COMMITTER_NAME="Ann", GIT_COMMITTER_EMAIL="ann@example.com")
        done = subprocess.run(["git", *words], cwd=folder or self.checkout, env=environment, text=True, capture_output=True,
                              timeout=60)
        if check and done.returncode != 0:
            raise AssertionError(f"git {' '.join(words)}: {done.stderr}")
        return done.stdout.strip() if check else done

    def setUp(self):
        super().setUp()
        self.checkout = os.path.join(self.folder, "center")
        os.mkdir(self.checkout)
        self.git("init", "--quiet", "-b", "main")
        self.name = f"acme/{self.id().rsplit('.', 1)[-1]}"

    def commit(self, path, text="x"):
        with open(os.path.join(self.checkout, path), "w", encoding="utf-8") as file:
            file.write(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", f"write {path}")
        return self.git("rev-parse", "HEAD")

    def url(self):
        return f"{self.cloud.endpoint}/_trunkline/git/{self.name}.git"

    def page(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.cloud.endpoint}/_trunkline/{path}", data) as response:
            return json.loads(response.read())

    def test_a_push_delivers_a_signed_webhook(self):
        first = self.commit("a.txt")
        self.git("push", "--quiet", self.url(), "main")
        receiver = Receiver()
        self.addCleanup(receiver.close)
        config = {"url": receiver.url, "content_type": "json", "secret": SECRET}
        self.page(f"github/repos/{self.name}/hooks", {"config": config})
        until(lambda: len(receiver.received), 1)
        second = self.commit("flows.json", "{}")

        self.git("push", "--quiet", self.url(), "main")

        until(lambda: len(receiver.received), 2)
        headers, body = receiver.received[1]
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        self.assertEqual(headers["X-Hub-Signature-256"], f"sha256={signature}")
        self.assertEqual(headers["X-GitHub-Event"], "push")
        event = json.loads(body)
        self.assertEqual((event["before"], event["after"]), (first, second))
        self.assertEqual(event["commits"][0]["added"], ["flows.json"])
        compared = self.page(f"github/repos/{self.name}/compare/{first}...{second}")
        self.assertEqual([file["filename"] for file in compared["files"]], ["flows.json"])

    def test_what_was_pushed_is_cloned_after_a_kill(self):
        commit = self.commit("a.txt")
        self.git("push", "--quiet", self.url(), "main")

        self.cloud.restart("kill")

        for version in ("0", "1", "2"):
            clone = os.path.join(self.folder, f"clone{version}")
            self.git("-c", f"protocol.version={version}", "clone", "--quiet", self.url(), clone)
            self.assertEqual(self.git("rev-parse", "HEAD", folder=clone), commit)

    def test_a_shallow_clone_is_deepened(self):
        for number in range(3):
            self.commit(f"{number}.txt")
        self.git("push", "--quiet", self.url(), "main")
        clone = os.path.join(self.folder, "clone")

        self.git("clone", "--quiet", "--depth", "1", self.url(), clone)
        self.assertEqual(self.git("rev-list", "--count", "HEAD", folder=clone), "1")
        self.git("fetch", "--quiet", "--unshallow", folder=clone)

        self.assertEqual(self.git("rev-list", "--count", "HEAD", folder=clone), "3")

    def test_large_pushes_come_in_chunks(self):
        with open(os.path.join(self.checkout, "noise"), "wb") as file:
            file.write(os.urandom(8 << 20))
        commit = self.commit("a.txt")

        self.git("push", "--quiet", self.url(), "main")

        self.assertIn(commit, self.git("ls-remote", self.url()))

    def test_a_refused_push_says_why(self):
        self.commit("a.txt")
        self.git("push", "--quiet", self.url(), "main")
        self.git("commit", "--quiet", "--amend", "-m", "other")

        refused = self.git("push", self.url(), "main", check=False)

        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("rejected", refused.stderr)

    def test_connections_through_both_clients(self):
        made = self.cloud.aws("codestar-connections", "create-connection", "--provider-type", "GitHub",
                              "--connection-name", "github", "--tags", "Key=team,Value=blue")
        arn = made["ConnectionArn"]
        client = self.cloud.client("codestar-connections")

        until(lambda: client.get_connection(ConnectionArn=arn)["Connection"]["ConnectionStatus"], "AVAILABLE")
        listed = client.list_connections(ProviderTypeFilter="GitHub")["Connections"]
        self.assertIn(arn, [connection["ConnectionArn"] for connection in listed])
        self.assertEqual(client.list_tags_for_resource(ResourceArn=arn)["Tags"], [{"Key": "team", "Value": "blue"}])
        self.cloud.restart("kill")
        client = self.cloud.client("codestar-connections")
        client.delete_connection(ConnectionArn=arn)
        self.refused("ResourceNotFoundException", client.get_connection, ConnectionArn=arn)

    def test_repositories_of_a_folder_are_served(self):
        commit = self.commit("a.txt")
        self.git("clone", "--quiet", "--bare", self.checkout, os.path.join(self.folder, "all/acme/center.git"))
        cloud = Cloud("--repositories", os.path.join(self.folder, "all"))
        self.addCleanup(cloud.stop)

        listed = self.git("ls-remote", f"{cloud.endpoint}/_trunkline/git/acme/center.git", "main")

        self.assertIn(commit, listed)
