"""What the tests of real clients share: errors as values, waiting for a state, requests that boto3 1.26 cannot form."""
import json
import warnings
from urllib.parse import urlencode

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session

from running_cloud import ACCOUNT, CloudTest, until  # until: for the tests that import from here

# Of boto3's waiters: they ask often here, where life cycles take 50 ms.
SOON = {"Delay": 0.02, "MaxAttempts": 500}


def send(cloud, service, method, path, body=None, region="us-east-1", account=ACCOUNT, secret="test", headers=None, **query):
    """A signed request as it is: (status, body as JSON, headers). For operations that are younger than boto3 1.26."""
    url = cloud.endpoint + path + ("?" + urlencode(query) if query else "")
    data = body if isinstance(body, (str, bytes, type(None))) else json.dumps(body)
    request = AWSRequest(method, url, data=data, headers={"Content-Type": "application/json", **(headers or {})})
    SigV4Auth(Credentials(account, secret), service, region).add_auth(request)
    response = URLLib3Session().send(request.prepare())
    text = response.content.decode()
    return response.status_code, json.loads(text) if text.startswith("{") else text, response.headers


def create_open_queue(sqs, name):
    """The URL of a new queue that services of the account may send to."""
    statement = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*",
                 "Principal": {"Service": [f"{service}.amazonaws.com" for service in ("events", "s3", "sns")]}}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return sqs.create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]


class ClientTest(CloudTest):
    """CloudTest with errors as values. State is kept, so that any test may restart the cloud."""

    KEEPS_STATE = True

    @classmethod
    def setUpClass(cls):
        # boto3 leaves the sockets of its clients to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        super().setUpClass()

    def setUp(self):
        warnings.simplefilter("ignore", ResourceWarning)
        super().setUp()

    def refusal(self, call, *positional, **named):
        """The response of a call that must be refused, as boto3 shows it."""
        with self.assertRaises(ClientError) as caught:
            call(*positional, **named)
        return caught.exception.response

    def refused(self, code, call, **named):
        """Checks the code of a refusal, and that it says something; the message."""
        response = self.refusal(call, **named)
        self.assertEqual(response["Error"]["Code"], code, response)
        self.assertTrue(response["Error"]["Message"], response)
        return response["Error"]["Message"]
