"""ConnectTest: a cloud with one active Amazon Connect instance, spoken to by boto3; younger operations by signed requests."""
import json

from clients import ClientTest, send, until


def create_instance(connect, alias):
    """An ACTIVE instance; its id."""
    made = connect.create_instance(IdentityManagementType="CONNECT_MANAGED", InstanceAlias=alias,
                                   InboundCallsEnabled=True, OutboundCallsEnabled=True)
    until(lambda: connect.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceStatus"], "ACTIVE")
    return made["Id"]


def saying_flow(text, end="DisconnectParticipant"):
    """A valid flow that says `text` and hangs up, or ends as told; a content."""
    return json.dumps({
        "Version": "2019-10-30", "StartAction": "say", "Metadata": {},
        "Actions": [
            {"Identifier": "say", "Type": "MessageParticipant", "Parameters": {"Text": text},
             "Transitions": {"NextAction": "end", "Errors": [{"NextAction": "end", "ErrorType": "NoMatchingError"}], "Conditions": []}},
            {"Identifier": "end", "Type": end, "Parameters": {}, "Transitions": {}}]})


def empty_module():
    """A valid flow module that does nothing, as a content."""
    return json.dumps({"Version": "2019-10-30", "StartAction": "end", "Metadata": {}, "Settings": {},
                       "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}]})


class ConnectTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.instance = create_instance(cls.cloud.client("connect"), "clients-" + cls.__name__.lower())

    def setUp(self):
        super().setUp()
        self.connect = self.cloud.client("connect")

    def restart(self, how):
        self.cloud.restart(how)
        self.connect = self.cloud.client("connect")

    def ask(self, method, path, body=None, **query):
        """A signed request; (status, answer)."""
        status, answer, _ = send(self.cloud, "connect", method, path.replace("{instance}", self.instance), body, **query)
        return status, answer

    def do(self, method, path, body=None, **query):
        """A signed request that must succeed; the answer."""
        status, answer = self.ask(method, path, body, **query)
        self.assertEqual(status, 200, answer)
        return answer

    def not_done(self, status, code, method, path, body=None, **query):
        """A signed request that must be refused; the message."""
        path = path.replace("{instance}", self.instance)
        got, answer, headers = send(self.cloud, "connect", method, path, body, **query)
        self.assertEqual((got, headers.get("x-amzn-ErrorType", "").split(":")[0]), (status, code), answer)
        message = answer.get("Message") or answer.get("message")
        self.assertTrue(message, answer)
        return message

    def listed(self, operation, **named):
        """All items of a listing, through boto3's paginator in pages of two."""
        paginator = self.connect.get_paginator(operation)
        pages = paginator.paginate(InstanceId=self.instance, PaginationConfig={"PageSize": 2}, **named)
        return list(pages.search(paginator.result_keys[0].expression + "[]"))

    def id_of(self, operation, name):
        return next(item["Id"] for item in self.listed(operation) if item.get("Name") == name)

    def hours_id(self):
        return self.id_of("list_hours_of_operations", "Basic Hours")

    def queue_id(self):
        return self.id_of("list_queues", "BasicQueue")

    def flow_id(self, name):
        return self.id_of("list_contact_flows", name)
