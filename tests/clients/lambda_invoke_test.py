"""Functions that really run: Python, Node.js and programs of their own; what they see, how they fail, what they log."""
import base64
import json
import pathlib

from clients import until
from functions import NODE, PROVIDED, FunctionTest, packed

NODE_ECHO = """
exports.handler = async (event, context) => {
  console.log("heard", event);
  return { event, name: context.functionName, left: context.getRemainingTimeInMillis() };
};
"""
RUNTIME = """#!/usr/bin/python3
import json, os, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(api + "next") as got:
        event, request = json.load(got), got.headers["Lambda-Runtime-Aws-Request-Id"]
    print("bootstrap heard", event, flush=True)
    body = json.dumps({"handler": os.environ["_HANDLER"], "event": event}).encode()
    urllib.request.urlopen(api + request + "/response", data=body).close()
"""


class PythonTest(FunctionTest):
    def test_a_function_answers_and_its_log_is_in_the_answer(self):
        self.python("echo", "print('heard', event['word'])", "return {'said': event['word'] + '!'}")

        got = self.lambda_.invoke(FunctionName="echo", Payload='{"word":"ü"}', LogType="Tail")
        log = base64.b64decode(got["LogResult"]).decode()

        self.assertEqual(json.loads(got["Payload"].read()), {"said": "ü!"})
        self.assertEqual((got["StatusCode"], got["ExecutedVersion"]), (200, "$LATEST"))
        lines = log.splitlines()
        self.assertRegex(lines[0], r"^START RequestId: [0-9a-f-]{36} Version: \$LATEST$")
        self.assertEqual(lines[1], "heard ü")
        self.assertRegex(lines[2], r"^END RequestId: ")
        self.assertRegex(lines[3], r"^REPORT RequestId: .*\tDuration: [0-9.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB")

    def test_its_log_is_in_the_stream_the_function_was_told(self):
        self.python("logged", "print('a line of', context.aws_request_id)", "return [context.log_group_name, context.log_stream_name]")
        group, stream = self.answer("logged")
        self.answer("logged")

        logs = self.cloud.client("logs")
        events = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True)["events"]
        found = logs.filter_log_events(logGroupName=group, filterPattern='"a line of"')["events"]

        self.assertEqual(group, "/aws/lambda/logged")
        self.assertEqual([one["message"].split()[0] for one in events], ["START", "a", "END", "REPORT"] * 2)
        self.assertEqual(len(found), 2)

    def test_a_function_sees_its_environment_and_nothing_of_ours(self):
        self.python("sees", "import os", "return dict(os.environ)", Environment={"Variables": {"COLOUR": "blue"}}, MemorySize=256)
        seen = self.answer("sees")

        self.assertEqual(seen["COLOUR"], "blue")
        self.assertEqual((seen["AWS_REGION"], seen["AWS_DEFAULT_REGION"]), ("us-east-1", "us-east-1"))
        self.assertEqual((seen["AWS_LAMBDA_FUNCTION_NAME"], seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]), ("sees", "256"))
        self.assertTrue(seen["AWS_ACCESS_KEY_ID"].startswith("ASIA"))
        self.assertNotIn("TRUNKLINE_BOOTSTRAP", seen)

    def test_a_function_speaks_to_the_cloud_as_its_role(self):
        self.python("speaks", "import boto3",
                    "boto3.client('ssm').put_parameter(Name='spoken', Value=event, Type='String')",
                    "return boto3.client('sts').get_caller_identity()['Arn']", Timeout=20)

        who = self.answer("speaks", "by a function")

        self.assertEqual(who, "arn:aws:sts::123456789012:assumed-role/function/speaks")
        self.assertEqual(self.cloud.client("ssm").get_parameter(Name="spoken")["Parameter"]["Value"], "by a function")

    def test_an_exception_is_the_functions_error(self):
        self.python("raises", "raise ValueError('no such word')")

        error, log = self.failure("raises")

        self.assertEqual((error["errorType"], error["errorMessage"]), ("ValueError", "no such word"))
        self.assertIn("handler", "".join(error["stackTrace"]))
        self.assertIn("[ERROR] ValueError: no such word", log)

    def test_a_function_that_takes_too_long_is_ended(self):
        self.python("slow", "import time", "print('before', flush=True)", "time.sleep(60)", Timeout=1)

        error, log = self.failure("slow")

        self.assertEqual(error["errorType"], "Sandbox.Timedout")
        self.assertRegex(error["errorMessage"], r"^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$")
        self.assertIn("before", log)
        self.assertIn("Task timed out after 1.00 seconds", log)

    def test_a_function_that_ends_its_process_is_started_again(self):
        self.python("exits", "import os", "if event: os._exit(3)", "return 'alive'")

        error, _ = self.failure("exits", True)

        self.assertEqual(error["errorType"], "Runtime.ExitError")
        self.assertIn("exit status 3", error["errorMessage"])
        self.assertEqual(self.answer("exits", False), "alive")

    def test_what_cannot_be_loaded_says_why(self):
        self.create("no-module", packed(app__py=""), Handler="other.handler")
        self.create("no-handler", packed(app__py=""), Handler="app.other")

        self.assertEqual(self.failure("no-module")[0]["errorType"], "Runtime.ImportModuleError")
        self.assertEqual(self.failure("no-handler")[0]["errorType"], "Runtime.HandlerNotFound")

    def test_a_warm_process_keeps_its_globals(self):
        self.create("warm", packed(app__py="calls = []\ndef handler(event, context):\n    calls.append(event)\n    return calls\n"))

        self.answer("warm", 1)

        self.assertEqual(self.answer("warm", 2), [1, 2])

    def test_an_answer_that_is_too_large_is_the_functions_error(self):
        self.python("large", "return 'x' * event", Timeout=20)

        error, _ = self.failure("large", 7 << 20)

        self.assertEqual(error["errorType"], "Function.ResponseSizeTooLarge")
        self.assertIn("exceeded maximum allowed payload size (6291556 bytes)", error["errorMessage"])
        self.assertEqual(self.answer("large", 3), "xxx")

    def test_a_caller_may_tell_of_itself(self):
        self.python("told", "return [context.client_context.custom, context.client_context.client.app_title]")
        told = base64.b64encode(json.dumps({"custom": {"a": "1"}, "client": {"app_title": "ü"}}, indent=1, ensure_ascii=False).encode()).decode()

        self.assertEqual(self.answer("told", ClientContext=told), [{"a": "1"}, "ü"])

    def test_an_event_is_worked_on_later(self):
        self.python("later", "import boto3", "boto3.client('ssm').put_parameter(Name='later', Value=event, Type='String')", Timeout=20)

        status = self.lambda_.invoke(FunctionName="later", InvocationType="Event", Payload='"done"')["StatusCode"]
        found = until(lambda: self.cloud.client("ssm").get_parameters(Names=["later"])["Parameters"], bool)

        self.assertEqual((status, found[0]["Value"]), (202, "done"))

    def test_payloads_are_checked(self):
        self.python("checked", "return event")
        invoke = self.lambda_.invoke

        self.assertEqual(invoke(FunctionName="checked", InvocationType="DryRun")["StatusCode"], 204)
        self.refused("InvalidRequestContentException", invoke, FunctionName="checked", Payload="{")
        self.refused("RequestTooLargeException", invoke, FunctionName="checked", Payload=b'"' + b"x" * (6 << 20) + b'"')
        self.refused("ResourceNotFoundException", invoke, FunctionName="nobody")
        self.refused("InvalidRequestContentException", invoke, FunctionName="checked", ClientContext="no base64!")
        large = "x" * (5 << 20)
        self.assertEqual(self.answer("checked", large), large)


class NodeTest(FunctionTest):
    def test_a_commonjs_handler(self):
        self.create("node", packed(app__js=NODE_ECHO), **NODE)

        got = self.lambda_.invoke(FunctionName="node", Payload='{"a":"ü"}', LogType="Tail")
        answer = json.loads(got["Payload"].read())

        self.assertEqual((answer["event"], answer["name"]), ({"a": "ü"}, "node"))
        self.assertTrue(0 < answer["left"] <= 3000, answer)
        self.assertRegex(base64.b64decode(got["LogResult"]).decode(), r"Z\t[0-9a-f-]{36}\tINFO\theard \{ a: 'ü' \}\n")

    def test_an_es_module_a_callback_and_what_the_caller_told(self):
        self.create("module", packed(app__mjs="export const handler = async (event) => event.n + 1;"), **NODE)
        self.create("told", packed(app__js="exports.handler = async (event, context) => context.clientContext.custom;"), **NODE)
        self.create("callback", packed(app__js="exports.handler = (event, context, done) => setImmediate(() => done(null, 'late'));"), **NODE)

        self.assertEqual((self.answer("module", {"n": 1}), self.answer("callback")), (2, "late"))
        told = base64.b64encode(b'{"custom":{"a":"1"}}').decode()
        self.assertEqual(self.answer("told", ClientContext=told), {"a": "1"})

    def test_an_error_is_the_functions_error(self):
        self.create("throws", packed(app__js="exports.handler = async () => { throw new TypeError('wrong'); };"), **NODE)

        error, log = self.failure("throws")

        self.assertEqual((error["errorType"], error["errorMessage"]), ("TypeError", "wrong"))
        self.assertIn("app.js", "".join(error["trace"]))
        self.assertIn("ERROR\tTypeError: wrong", log)

    def test_a_module_that_is_not_there(self):
        self.create("missing", packed(other__js=""), **NODE)

        self.assertEqual(self.failure("missing")[0]["errorType"], "Runtime.ImportModuleError")


class ProvidedTest(FunctionTest):
    def test_a_program_of_its_own_is_the_runtime(self):
        for runtime in ("provided.al2", "provided.al2023"):
            name = runtime.replace(".", "-")
            self.create(name, packed(bootstrap=RUNTIME), **{**PROVIDED, "Runtime": runtime})

            got = self.lambda_.invoke(FunctionName=name, Payload='{"a":1}', LogType="Tail")

            self.assertEqual(json.loads(got["Payload"].read()), {"handler": "any", "event": {"a": 1}})
            self.assertIn("bootstrap heard {'a': 1}\n", base64.b64decode(got["LogResult"]).decode())

    def test_a_program_that_is_not_there(self):
        self.create("empty", packed(readme="nothing here"), **PROVIDED)

        self.assertEqual(self.failure("empty")[0]["errorType"], "Runtime.InvalidEntrypoint")

    def test_a_program_that_ends_at_once(self):
        self.create("ends", packed(bootstrap="#!/bin/sh\necho going\nexit 7\n"), **PROVIDED)

        error, log = self.failure("ends")

        self.assertEqual(error["errorType"], "Runtime.ExitError")
        self.assertIn("exit status 7", error["errorMessage"])
        self.assertIn("going", log)


class CliTest(FunctionTest):
    def test_the_cli_creates_invokes_and_deletes(self):
        zip_file = pathlib.Path(self.folder, "code.zip")
        zip_file.write_bytes(packed(app__py="def handler(event, context):\n    return event\n"))
        out = pathlib.Path(self.folder, "out.json")

        made = self.cloud.aws("lambda", "create-function", "--function-name", "by-cli", "--runtime", "python3.9", "--handler",
                              "app.handler", "--role", self.role, "--zip-file", f"fileb://{zip_file}")
        self.cloud.aws("lambda", "wait", "function-active-v2", "--function-name", "by-cli")
        got = self.cloud.aws("lambda", "invoke", "--function-name", "by-cli", "--cli-binary-format", "raw-in-base64-out",
                             "--payload", '{"a":"ü"}', str(out))
        self.cloud.aws("lambda", "delete-function", "--function-name", "by-cli")

        self.assertEqual(made["FunctionArn"], "arn:aws:lambda:us-east-1:123456789012:function:by-cli")
        self.assertEqual((got["StatusCode"], json.loads(out.read_text())), (200, {"a": "ü"}))
        self.assertIn("ResourceNotFoundException",
                      self.cloud.aws("lambda", "get-function", "--function-name", "by-cli", check=False).stderr)
