"""FunctionTest: a cloud with a role that functions may have, and zips made of a few lines of code."""
import base64
import io
import json
import zipfile

from clients import SOON, ClientTest

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
PYTHON = {"Runtime": "python3.9", "Handler": "app.handler"}
NODE = {"Runtime": "nodejs18.x", "Handler": "app.handler"}
PROVIDED = {"Runtime": "provided.al2", "Handler": "any"}


def packed(**files):
    """A zip of `name="text"`: "__" in a name is a dot, what is called bootstrap may be executed."""
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name.replace("__", "."))
            entry.external_attr = (0o755 if name == "bootstrap" else 0o644) << 16
            archive.writestr(entry, text)
    return bytes_.getvalue()


class FunctionTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.cloud.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
        cls.role = made["Role"]["Arn"]
        cls.cloud.client("iam").attach_role_policy(
            RoleName="function", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")

    def setUp(self):
        super().setUp()
        self.lambda_ = self.cloud.client("lambda")

    def restart(self, how):
        self.cloud.restart(how)
        self.lambda_ = self.cloud.client("lambda")

    def create(self, name, code, **more):
        """An active function; what CreateFunction answered."""
        made = self.lambda_.create_function(FunctionName=name, Role=self.role, Code={"ZipFile": code}, **{**PYTHON, **more})
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig=SOON)
        return made

    def python(self, name, *lines, **more):
        """A Python function `handler(event, context)` of these lines."""
        return self.create(name, packed(app__py="def handler(event, context):\n    " + "\n    ".join(lines) + "\n"), **more)

    def answer(self, name, event=None, **more):
        """The answer of an invocation that works."""
        got = self.lambda_.invoke(FunctionName=name, Payload=json.dumps(event), **more)
        payload = json.loads(got["Payload"].read())
        self.assertNotIn("FunctionError", got, payload)
        return payload

    def failure(self, name, event=None):
        """The error of an invocation that fails inside the function, and the end of its log."""
        got = self.lambda_.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        self.assertEqual((got["StatusCode"], got["FunctionError"]), (200, "Unhandled"))
        return json.loads(got["Payload"].read()), base64.b64decode(got["LogResult"]).decode()
