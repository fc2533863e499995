"""What reaches into and out of functions, through boto3: layers, asynchronous invocations and their ends, URLs; a restart."""
import json
import urllib.error
import urllib.request

from clients import SOON, send, until
from functions import NODE, FunctionTest, packed

ANYBODY = {"StatementId": "anybody", "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE"}


def fetch(url, data=None, **headers):
    """Status, headers and body of a request."""
    request = urllib.request.Request(url, data=data, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.headers, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class LayersTest(FunctionTest):
    def publish(self, name, zip_, **more):
        return self.lambda_.publish_layer_version(LayerName=name, Content={"ZipFile": zip_}, **more)

    def test_a_python_function_imports_from_its_layers(self):
        layer = self.publish("words", packed(**{"python/words.py": "WORD = 'hello'\n"}), CompatibleRuntimes=["python3.9"])
        self.python("layered", "import words", "return words.WORD", Layers=[layer["LayerVersionArn"]])
        self.assertEqual(self.answer("layered"), "hello")

        newer = self.publish("words", packed(**{"python/words.py": "WORD = 'bonjour'\n"}))
        self.lambda_.update_function_configuration(FunctionName="layered", Layers=[newer["LayerVersionArn"]])
        self.lambda_.get_waiter("function_updated_v2").wait(FunctionName="layered", WaiterConfig=SOON)
        self.lambda_.delete_layer_version(LayerName="words", VersionNumber=2)
        self.restart("kill")
        self.assertEqual(self.answer("layered"), "bonjour")
        self.assertEqual([row["Version"] for row in self.lambda_.list_layer_versions(LayerName="words")["LayerVersions"]], [1])

    def test_a_node_function_requires_from_its_layers(self):
        module = {"nodejs/node_modules/words/index.js": "exports.word = 'hello';\n"}
        layer = self.publish("modules", packed(**module))
        code = packed(app__js="exports.handler = async () => require('words').word;\n")
        self.create("required", code, Layers=[layer["LayerVersionArn"]], **NODE)

        self.assertEqual(self.answer("required"), "hello")

    def test_a_layer_comes_back_as_it_was_published(self):
        zip_ = packed(a__txt="a")
        made = self.publish("thing", zip_, Description="a thing", LicenseInfo="MIT", CompatibleArchitectures=["x86_64"])
        got = self.lambda_.get_layer_version_by_arn(Arn=made["LayerVersionArn"])

        self.assertEqual((got["Description"], got["LicenseInfo"], got["CompatibleArchitectures"]), ("a thing", "MIT", ["x86_64"]))
        self.assertEqual(fetch(got["Content"]["Location"])[0], 200)
        self.assertEqual(got["Content"]["CodeSize"], len(zip_))
        self.refused("InvalidParameterValueException", self.lambda_.create_function, FunctionName="none", Role=self.role, Handler="a.b",
                     Runtime="python3.9", Code={"ZipFile": packed(app__py="")}, Layers=[made["LayerVersionArn"][:-1] + "9"])


class EndsTest(FunctionTest):
    def queue(self, name):
        queues = self.cloud.client("sqs")
        url = queues.create_queue(QueueName=name)["QueueUrl"]
        return url, queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def message(self, url):
        found = self.cloud.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=15, MessageAttributeNames=["All"])
        return found["Messages"][0]

    def send(self, name, event):
        answer = self.lambda_.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event))
        self.assertEqual(answer["StatusCode"], 202)

    def test_ends_are_told_to_queues(self):
        good, good_arn = self.queue("good")
        bad, bad_arn = self.queue("bad")
        self.python("fickle", "if event.get('fail'): raise ValueError('as you wish')", "return 'fine'")
        config = self.lambda_.put_function_event_invoke_config(
            FunctionName="fickle", MaximumRetryAttempts=0,
            DestinationConfig={"OnSuccess": {"Destination": good_arn}, "OnFailure": {"Destination": bad_arn}})
        self.assertEqual(config["FunctionArn"][-8:], ":$LATEST")

        self.send("fickle", {"fail": False})
        self.send("fickle", {"fail": True})
        told = json.loads(self.message(good)["Body"])
        self.assertEqual((told["requestContext"]["condition"], told["responsePayload"]), ("Success", "fine"))
        told = json.loads(self.message(bad)["Body"])
        self.assertEqual((told["requestContext"]["condition"], told["requestPayload"]), ("RetriesExhausted", {"fail": True}))

    def test_dead_letters_carry_the_event(self):
        dead, arn = self.queue("dead")
        self.python("doomed", "raise ValueError('as ever')", DeadLetterConfig={"TargetArn": arn})
        self.lambda_.put_function_event_invoke_config(FunctionName="doomed", MaximumRetryAttempts=0)

        self.send("doomed", {"n": 1})
        letter = self.message(dead)
        self.assertEqual(json.loads(letter["Body"]), {"n": 1})
        self.assertEqual(letter["MessageAttributes"]["ErrorMessage"]["StringValue"], "as ever")

    def test_a_function_is_told_by_another(self):
        self.python("listener", "print('heard', event['responsePayload'])")
        self.python("speaker", "return 'hear me'")
        arn = self.lambda_.get_function_configuration(FunctionName="listener")["FunctionArn"]
        self.lambda_.put_function_event_invoke_config(FunctionName="speaker", DestinationConfig={"OnSuccess": {"Destination": arn}})

        self.send("speaker", {})
        logs = self.cloud.client("logs")

        def heard():
            groups = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/listener")["logGroups"]
            events = logs.filter_log_events(logGroupName="/aws/lambda/listener")["events"] if groups else []
            return [row["message"] for row in events if "heard" in row["message"]]
        until(heard, ["heard hear me\n"])


class UrlsTest(FunctionTest):
    def test_a_url_serves_a_function(self):
        self.python("served", "return {'statusCode': 201, 'headers': {'X-Method': event['requestContext']['http']['method']}, 'body': event['rawPath']}")
        made = self.lambda_.create_function_url_config(FunctionName="served", AuthType="NONE", Cors={"AllowOrigins": ["*"]})
        self.assertEqual(fetch(made["FunctionUrl"])[0], 403)
        self.lambda_.add_permission(FunctionName="served", **ANYBODY)

        status, headers, body = fetch(made["FunctionUrl"] + "a/b?x=1", b"data", Origin="https://acme.example")
        self.assertEqual((status, body, headers["X-Method"], headers["Access-Control-Allow-Origin"]), (201, "/a/b", "POST", "*"))
        self.restart("stop")
        again = self.lambda_.get_function_url_config(FunctionName="served")
        self.assertEqual(fetch(again["FunctionUrl"] + "c")[2], "/c")
        self.lambda_.delete_function_url_config(FunctionName="served")
        self.assertEqual(fetch(again["FunctionUrl"])[0], 403)

    def test_a_url_streams_what_a_node_handler_writes(self):
        code = ("exports.handler = awslambda.streamifyResponse(async (event, stream) => {"
                " stream = awslambda.HttpResponseStream.from(stream, {statusCode: 202, headers: {'X-Path': event.rawPath}});"
                " stream.write('one '); stream.write('two'); stream.end(); });")
        self.create("streamed", packed(app__js=code), **NODE)
        asked = {"AuthType": "NONE", "InvokeMode": "RESPONSE_STREAM"}
        made = send(self.cloud, "lambda", "POST", "/2021-10-31/functions/streamed/url", asked)[1]
        self.lambda_.add_permission(FunctionName="streamed", **ANYBODY)

        status, headers, body = fetch(made["FunctionUrl"] + "a")

        self.assertEqual((status, headers["X-Path"], body), (202, "/a", "one two"))

    def test_with_iam_a_url_wants_a_signature(self):
        self.python("signed", "return event['requestContext']['authorizer']['iam']['userArn']")
        made = self.lambda_.create_function_url_config(FunctionName="signed", AuthType="AWS_IAM")

        self.assertEqual(fetch(made["FunctionUrl"])[0], 403)
        path = made["FunctionUrl"].removeprefix(self.cloud.endpoint)
        status, body, _ = send(self.cloud, "lambda", "GET", path)
        self.assertEqual((status, body[:13]), (200, "arn:aws:iam::"))

