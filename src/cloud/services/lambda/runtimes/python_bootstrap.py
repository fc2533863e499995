# The loop of Python functions: loads the handler, asks the Runtime API for events, answers them.
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback
import types

ROOT = os.environ["LAMBDA_TASK_ROOT"]
connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, target, body=None, headers=None):
    connection.request(method, "/2018-06-01/runtime/" + target, body, headers or {})
    response = connection.getresponse()
    return response, response.read()


def describe(error):
    return {
        "errorType": getattr(error, "runtime_type", type(error).__name__),
        "errorMessage": str(error),
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


class LoadError(Exception):
    def __init__(self, runtime_type, message):
        super().__init__(message)
        self.runtime_type = runtime_type


class ClientContext:
    """What the caller told of itself: .custom and .env are dictionaries, .client has the caller's fields."""

    def __init__(self, text):
        told = json.loads(text)
        self.custom = told.get("custom")
        self.env = told.get("env")
        self.client = types.SimpleNamespace(**told["client"]) if told.get("client") else None


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        told = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(told.encode("latin-1").decode()) if told else None
        self.identity = None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class Line(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return "[%s]\t%s.%03dZ\t%s\t%s" % (record.levelname, stamp, record.msecs, request_id, super().format(record))


def set_up_logging():
    output = logging.StreamHandler(sys.stdout)
    output.setFormatter(Line())
    logging.getLogger().addHandler(output)


def load(name):
    module, dot, function = name.rpartition(".")
    if not dot:
        raise LoadError("Runtime.MalformedHandlerName", "Bad handler '%s': expected module.function" % name)
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise LoadError("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module, error)) from error
    if not hasattr(loaded, function):
        raise LoadError("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module))
    return getattr(loaded, function)


def fail(target, error):
    description = describe(error)
    if request_id:
        description["requestId"] = request_id
    print("[ERROR] %s: %s\n%s" % (description["errorType"], description["errorMessage"], "".join(description["stackTrace"])))
    sys.stdout.flush()
    headers = {"Lambda-Runtime-Function-Error-Type": description["errorType"]}
    call("POST", target, json.dumps(description), headers)


request_id = ""
sys.path.insert(0, ROOT)
set_up_logging()
try:
    handler = load(os.environ["_HANDLER"])
except Exception as error:
    fail("init/error", error)
    sys.exit(1)
while True:
    response, body = call("GET", "invocation/next")
    request_id = response.headers.get("Lambda-Runtime-Aws-Request-Id")
    if request_id is None:
        sys.exit(0)
    try:
        answer = json.dumps(handler(json.loads(body), Context(response.headers)))
    except Exception as error:
        fail("invocation/%s/error" % request_id, error)
        continue
    sys.stdout.flush()
    call("POST", "invocation/%s/response" % request_id, answer)
