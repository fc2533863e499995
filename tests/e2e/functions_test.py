"""Functions that call back into the cloud that runs them: many at once, and nowhere else."""
import concurrent.futures
import io
import json
import os
import textwrap
import zipfile

from connections import observed, read_connections
from running_cloud import Cloud, CloudTest, ProgramTest

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
AT_ONCE = 64

# 64 threads wait for each other, so that all calls are under way together.
CALLS_BACK = """
    import threading
    import boto3
    from botocore.config import Config

    def handler(event, context):
        count = event["count"]
        ssm = boto3.client("ssm", config=Config(max_pool_connections=count, retries={"max_attempts": 1}))
        start, answers = threading.Barrier(count), [None] * count

        def ask(i):
            start.wait()
            ssm.put_parameter(Name=f"/n/{i}", Value=str(i * i), Type="String")
            answers[i] = int(ssm.get_parameter(Name=f"/n/{i}")["Parameter"]["Value"])

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers
"""

# Small enough that 64 processes of it start in seconds: it signs nothing, the cloud takes it for its account.
ASKS_ONCE = """
    import json, os, urllib.request

    def handler(event, context):
        url = os.environ["AWS_ENDPOINT_URL"] + "/"
        headers = {"X-Amz-Target": "AmazonSSM.GetParameter", "Content-Type": "application/x-amz-json-1.1",
                   "X-Amz-Date": "20260101T000000Z", "Authorization": "AWS4-HMAC-SHA256 "
                   "Credential=123456789012/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=0"}
        body = json.dumps({"Name": "/answer"}).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as response:
            value = json.load(response)["Parameter"]["Value"]
        return {"n": event["n"], "value": value, "process": os.getpid()}
"""

USES_BOTO3_AND_CLI = """
    import json, subprocess
    import boto3

    def handler(event, context):
        boto3.client("ssm").put_parameter(Name="/from/boto3", Value="1", Type="String")
        boto3.client("s3").list_buckets()
        boto3.client("sts", region_name="us-west-2").get_caller_identity()
        cli = subprocess.run(["aws", "ssm", "get-parameter", "--name", "/from/boto3"], capture_output=True, text=True)
        other = subprocess.run(["aws", "s3", "ls"], capture_output=True, text=True)
        return {"cli": json.loads(cli.stdout or "null"), "errors": cli.stderr + other.stderr}
"""


def make_function(cloud, name, code, timeout=60):
    iam = cloud.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("main.py", textwrap.dedent(code))
    functions = cloud.client("lambda")
    functions.create_function(FunctionName=name, Runtime="python3.11", Handler="main.handler", Role=role,
                              Timeout=timeout, Code={"ZipFile": archive.getvalue()}, MemorySize=512)
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})


def invoke(functions, name, event):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event))
    payload = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise AssertionError(payload)
    return json.loads(payload)


class BusyFunctions(CloudTest):
    def test_may_call_the_cloud_from_many_threads_at_once(self):
        make_function(self.cloud, "calls-back", CALLS_BACK)

        answers = invoke(self.cloud.client("lambda", config={"read_timeout": 90}), "calls-back", {"count": AT_ONCE})

        self.assertEqual(answers, [n * n for n in range(AT_ONCE)])

    def test_may_be_invoked_many_at_once_and_all_call_the_cloud(self):
        self.cloud.client("ssm").put_parameter(Name="/answer", Value="42", Type="String")
        make_function(self.cloud, "asks-once", ASKS_ONCE)
        functions = self.cloud.client("lambda", config={"max_pool_connections": AT_ONCE, "read_timeout": 90})

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as callers:
            answers = list(callers.map(lambda n: invoke(functions, "asks-once", {"n": n}), range(AT_ONCE)))

        self.assertEqual([answer["n"] for answer in answers], list(range(AT_ONCE)))
        self.assertEqual({answer["value"] for answer in answers}, {"42"})
        # One process each, or they did not run at the same time.
        self.assertGreater(len({answer["process"] for answer in answers}), 8)


class Children(ProgramTest):
    def test_of_the_cloud_connect_to_this_machine_only(self):
        log = os.path.join(self.folder, "connects")
        cloud = Cloud(under=observed(log))
        try:
            make_function(cloud, "uses-aws", USES_BOTO3_AND_CLI)
            answer = invoke(cloud.client("lambda", config={"read_timeout": 90}), "uses-aws", {})
        finally:
            cloud.stop()

        self.assertEqual(answer["errors"], "")
        self.assertEqual(answer["cli"]["Parameter"]["Value"], "1")
        loopback, elsewhere = read_connections(log)
        self.assertEqual(elsewhere, [])
        self.assertGreater(len(loopback), 5)

    def test_would_be_seen_connecting_elsewhere(self):
        log = os.path.join(self.folder, "connects")
        with open(log, "w", encoding="utf-8") as file:
            file.write('1 connect(3, {sa_family=AF_INET, sin_port=htons(443), '
                       'sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n'
                       '2 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), '
                       'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS\n'
                       '3 connect(3, {sa_family=AF_INET, sin_port=htons(80), '
                       'sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
                       '4 connect(3, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT\n')

        self.assertEqual(read_connections(log), (["127.0.0.1"], ["192.0.2.1", "2001:db8::1"]))
