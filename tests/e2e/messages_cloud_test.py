"""What the program says when there is no cloud, when one cannot start, and when it refuses a call."""
import contextlib
import fcntl
import http.server
import json
import os
import socket
import sqlite3
import subprocess
import threading
import unittest

from golden import AS_A_USER, Transcript
from running_cloud import BINARY, Cloud, CloudTest, ProgramTest, clean_environment, run_trunkline


@contextlib.contextmanager
def listening():
    """A port that somebody else uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@contextlib.contextmanager
def other_server():
    """A server that is no cloud."""
    class Page(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>It works!</html>")

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def free_port():
    with listening() as port:
        return port


class StartingACloud(ProgramTest):
    def setUp(self):
        super().setUp()
        self.said = Transcript(self.folder)

    def up(self, *words, code=1, **more):
        return self.said.run("up", *words, code=code, **more)

    def test_a_port_that_cannot_be_had(self):
        with listening() as port:
            self.said.names["PORT"] = str(port)
            self.up("--ephemeral", "--port", str(port))
        self.up("--ephemeral", "--port", "65536", code=2)
        self.up("--ephemeral", "--port", "http", code=2)
        self.up("--port", code=2)
        self.said.check(self, "messages/up-port.txt")

    def test_a_folder_that_cannot_be_used(self):
        with open(os.path.join(self.folder, "file"), "w", encoding="utf-8") as file:
            file.write("mine")
        os.mkdir(os.path.join(self.folder, "closed"), 0o555)
        os.mkdir(os.path.join(self.folder, "damaged"))
        self.up("--port", "0", "--data", "file")
        self.up("--port", "0", "--data", "file/below")
        self.up("--port", "0", "--data", "closed", as_a_user=True)
        self.up("--port", "0", "--data", "closed/below", as_a_user=True)
        self.up("--port", "0", "--data", "", code=2)
        self.up("--port", "0", "--data", "x", "--ephemeral", code=2)
        self.said.check(self, "messages/up-folder.txt")

    def test_a_state_that_somebody_else_wrote(self):
        cloud = Cloud(data=os.path.join(self.folder, "data"))
        self.said.names["PID"] = str(cloud.process.pid)
        self.up("--port", "0", "--data", "data")
        cloud.stop()
        [database] = [name for name in os.listdir(cloud.data) if name.endswith((".db", ".sqlite", ".sqlite3"))]
        path = os.path.join(cloud.data, database)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
        self.up("--port", "0", "--data", "data", note="of a newer version")
        os.remove(path)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE mine (x)")
            connection.commit()
        self.up("--port", "0", "--data", "data", note="of another program")
        with open(path, "wb") as file:
            file.write(b"no database, but more than a header of one\n" * 400)
        self.up("--port", "0", "--data", "data", note="damaged")
        self.said.check(self, "messages/up-state.txt")
        with open(path, "rb") as file:
            self.assertTrue(file.read().startswith(b"no database"))

    def test_without_a_place_for_temporary_files(self):
        self.up("--port", "0", "--ephemeral", environment=clean_environment(TMPDIR="/nowhere"))
        self.said.check(self, "messages/up-temporary.txt")


class NobodyThere(ProgramTest):
    def setUp(self):
        super().setUp()
        port = str(free_port())
        self.endpoint = f"http://127.0.0.1:{port}"
        self.said = Transcript(self.folder, ENDPOINT=self.endpoint)
        self.center = os.path.join(self.folder, "center")
        self.assertEqual(run_trunkline("init", self.center).returncode, 0)

    def test_is_said_with_the_way_out(self):
        for words in (["plan", "--env", "dev", "--folder", "center"], ["apply", "--env", "dev", "--folder", "center"],
                      ["call", "+15550100"], ["aws", "sts", "get-caller-identity", "--region", "us-east-1"]):
            keys = clean_environment(AWS_ACCESS_KEY_ID="123456789012", AWS_SECRET_ACCESS_KEY="test")
            self.said.run(*words, "--endpoint-url", self.endpoint, code=1, environment=keys)
        environment = clean_environment(AWS_ENDPOINT_URL=self.endpoint)
        self.said.run("plan", "--env", "dev", "--folder", "center", "--json", code=1, environment=environment)
        self.said.check(self, "messages/nobody-there.txt")

    def test_an_endpoint_that_is_none(self):
        for url in ("127.0.0.1:4566", "ftp://127.0.0.1", "http://127.0.0.1:port", "http://"):
            self.said.run("plan", "--env", "dev", "--folder", "center", "--endpoint-url", url, code=2)
            self.said.run("call", "+15550100", "--endpoint-url", url, code=2)
            self.said.run("aws", "sts", "get-caller-identity", "--endpoint-url", url, code=2)
        self.said.run("call", "+15550100", "--endpoint-url", "https://connect.us-east-1.amazonaws.com", code=2)
        self.said.check(self, "messages/endpoint.txt")

    def test_no_credentials(self):
        offline = clean_environment(AWS_EC2_METADATA_DISABLED="true")
        self.said.run("plan", "--env", "dev", "--folder", "center", code=1, environment=offline)
        self.said.run("plan", "--env", "dev", "--folder", "center", "--profile", "prod", code=1, environment=offline)
        offline.pop("HOME")
        self.said.run("plan", "--env", "dev", "--folder", "center", code=1, environment=offline, note="no HOME")
        self.said.run("aws", "sts", "get-caller-identity", code=1, environment=offline, note="no Region")
        config = os.path.join(self.folder, "config")
        with open(config, "w", encoding="utf-8") as file:
            file.write("[default]\nregion us-east-1\n")
        self.said.run("plan", "--env", "dev", "--folder", "center", code=1,
                      environment={**offline, "AWS_CONFIG_FILE": config}, note="a damaged configuration file")
        self.said.check(self, "messages/no-credentials.txt")

    def test_what_answers_is_no_cloud(self):
        with other_server() as endpoint:
            self.said.names["ENDPOINT"] = endpoint
            self.said.run("call", "+15550100", "--endpoint-url", endpoint, code=1)
            self.said.run("aws", "connect", "create-instance", "--region", "us-east-1", "--endpoint-url", endpoint, "--input",
                          '{"IdentityManagementType": "SAML", "InboundCallsEnabled": true, "OutboundCallsEnabled": true}',
                          code=1, environment=clean_environment(AWS_ACCESS_KEY_ID="1", AWS_SECRET_ACCESS_KEY="2"))
        self.said.check(self, "messages/no-cloud.txt")


class RefusedCalls(CloudTest):
    def setUp(self):
        super().setUp()
        self.said = Transcript(self.folder, ENDPOINT=self.cloud.endpoint)

    def aws(self, *words, code, **more):
        return self.said.run("aws", *words, code=code, environment=self.cloud.environment(), **more)

    def test_an_operation_that_is_not_there(self):
        self.aws("conect", "list-instances", code=2)
        self.aws("conect", code=2)
        self.aws("connect", "list-instance", code=2)
        self.aws("kinesis", "list-streams", code=2)
        self.aws("connect", "list-instances", "now", code=2)
        self.said.check(self, "messages/aws-operation.txt")

    def test_an_input_that_is_wrong(self):
        broken = os.path.join(self.folder, "broken.json")
        with open(broken, "w", encoding="utf-8") as file:
            file.write('{\n  "InstanceId": 1,\n}\n')
        for given in ("{", "[1,2]", '"x"', "nothing", f"file://{broken}", "file://nowhere.json", "{}",
                      '{"InstanceId": 7}', '{"InstanceId": "x", "Nmae": "y"}', '{"InstanceId": {"a": 1}}'):
            self.aws("connect", "describe-instance", "--input", given, code=2)
        self.aws("connect", "describe-instance", "--input", "-", text="{'a'}", code=2)
        self.aws("lambda", "invoke", "--input", '{"FunctionName": "f", "Payload": "%%%"}', code=2)
        self.said.check(self, "messages/aws-input.txt")

    def test_a_call_the_cloud_refuses(self):
        self.aws("connect", "describe-instance", "--input", '{"InstanceId": "nope"}', code=1)
        self.aws("connect", "describe-instance", "--input", '{"InstanceId": "nope"}', "--json", code=1)
        self.aws("s3", "get-object", "--input", '{"Bucket": "nope", "Key": "x"}', code=1)
        self.aws("lambda", "get-function", "--input", '{"FunctionName": "nope"}', code=1)
        self.said.check(self, "messages/aws-refused.txt")

    def test_an_account_that_is_not_meant(self):
        center = os.path.join(self.folder, "center")
        self.assertEqual(run_trunkline("init", center).returncode, 0)
        # Not the whole endpoint: then apply would take the environment's account for the embedded cloud itself.
        environment = clean_environment(AWS_ENDPOINT_URL_STS=self.cloud.endpoint, AWS_ACCESS_KEY_ID="999999999999",
                                        AWS_SECRET_ACCESS_KEY="test")
        self.said.run("apply", "--env", "dev", "--folder", "center", code=1, environment=environment)
        self.said.check(self, "messages/wrong-account.txt")


class StandardStreams(ProgramTest):
    def run_with(self, *words, **streams):
        return subprocess.run([BINARY, *words], env=clean_environment(), cwd=self.folder, timeout=110, check=False,
                              **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams})

    def test_nobody_reading_on_is_no_error(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = self.run_with("aws", "connect", stdout=writing)
        os.close(writing)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_a_full_disk_is_said(self):
        with open("/dev/full", "wb") as full:
            done = self.run_with("help", stdout=full)
        self.assertEqual((done.returncode, done.stderr), (1, b"error: cannot write the output: no space left on device\n"))

    def test_closed_streams_stay_out_of_the_files_that_are_written(self):
        done = subprocess.run(["sh", "-c", '"$0" init center >&- 2>&- <&-', BINARY], env=clean_environment(), cwd=self.folder,
                              timeout=110, check=False)
        self.assertEqual(done.returncode, 1)
        whole = os.path.join(self.folder, "whole")
        self.assertEqual(run_trunkline("init", whole).returncode, 0)
        self.assertEqual(subprocess.run(["diff", "-r", whole, os.path.join(self.folder, "center")], check=False,
                                        capture_output=True).stdout, b"")

    def test_neither_home_nor_a_place_for_temporary_files_is_needed_to_work_on_files(self):
        environment = {"PATH": os.environ["PATH"], "TMPDIR": "/nowhere"}
        self.assertEqual(run_trunkline("init", "center", folder=self.folder, environment=environment).returncode, 0)
        done = run_trunkline("flow", "lint", "center", folder=self.folder, environment=environment)
        self.assertEqual(done.returncode, 0, done.stderr)


class JsonOutput(CloudTest):
    """With --json a command prints one JSON document on stdout and nothing else, when it fails, too."""

    def json(self, *words, code=0):
        done = run_trunkline(*words, "--json", folder=self.folder, environment=self.cloud.environment())
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def test_of_every_command(self):
        self.assertEqual(list(self.json("version")), ["version"])
        self.assertEqual(self.json("init", "center")["folder"], "center")
        self.assertEqual(self.json("init", "center", code=1)["error"]["kind"], "conflict")
        flows = "center/amzconnect-contact-flows"
        self.assertEqual([finding["severity"] for finding in self.json("flow", "lint", flows)["findings"]
                          if finding["severity"] == "error"], [])
        self.assertEqual(self.json("flow", "fmt", flows)["changed"], [])
        self.assertIn({"queue", "bot", "lambda"} & {one["kind"] for one in self.json("flow", "refs", flows)["references"]},
                      [{"queue", "bot", "lambda"}])
        self.assertIn("connect", self.json("aws")["services"])
        self.assertIn("CreateQueue", self.json("aws", "connect")["operations"])
        self.assertIn("InstanceSummaryList", self.json("aws", "connect", "list-instances"))
        plan = self.json("plan", "--env", "staging", "--folder", "center")
        self.assertEqual([region["region"] for region in plan["regions"]], ["us-east-1"])
        self.assertEqual(self.json("plan", "--env", "stagign", "--folder", "center", code=1)["error"]["kind"], "not found")
        self.assertEqual(self.json("call", "+15550100", code=1)["error"]["kind"], "not found")

    def test_of_a_center_with_findings(self):
        plan = self.json("plan", "--env", "dev", "--folder", "nowhere", code=1)
        self.assertFalse(plan["ok"])
        self.assertEqual([finding["code"] for finding in plan["findings"]], ["TL-C001"])


if __name__ == "__main__":
    unittest.main()
