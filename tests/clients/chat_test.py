"""A chat with the ACME center, as a customer's chat client holds it: boto3's connectparticipant, and a WebSocket."""
import json
import os
import pathlib
import unittest

import botocore.session
import websocket
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

from clients import ClientTest
from delivery import REGIONS, DeliveryTest, post
from running_cloud import until

EVENT = "application/vnd.amazonaws.connect.event."


def official_model(service):
    """The newest model there is: that of the shared data, else boto3's."""
    shared = os.environ.get("TRUNKLINE_SHARED")
    if shared:
        return ServiceModel(json.loads(pathlib.Path(shared, "models", service, "service-2.json").read_text()))
    return botocore.session.get_session().get_service_model(service)


class ChatTest(DeliveryTest, ClientTest):
    MODELS = {service: official_model(service) for service in ("connect", "connectparticipant")}

    def setUp(self):
        super().setUp()
        self.apply("--region", REGIONS[0])
        self.connect = self.checked("connect")
        self.participant = self.checked("connectparticipant")
        self.instance = self.instance_id()
        flow = self.flow("ACME_Main")["Id"]
        self.chat = self.connect.start_chat_contact(InstanceId=self.instance, ContactFlowId=flow,
                                                    ParticipantDetails={"DisplayName": "Ada"}, Attributes={"tier": "gold"})
        self.contact = self.chat["ContactId"]
        self.connection = self.participant.create_participant_connection(
            Type=["WEBSOCKET", "CONNECTION_CREDENTIALS"], ParticipantToken=self.chat["ParticipantToken"])
        self.token = self.connection["ConnectionCredentials"]["ConnectionToken"]

    def checked(self, service):
        """A client whose answers are compared with the official model."""
        client = self.cloud.client(service, account=self.ACCOUNT, config={})
        client.meta.events.register(f"after-call.{client.meta.service_model.service_id.hyphenize()}", self.check)
        return client

    def check(self, http_response, parsed, model, **_):
        if http_response.status_code != 200:
            return
        shape = self.MODELS[model.service_model.service_name].operation_model(model.name).output_shape
        body = json.loads(http_response.content or "{}")
        if shape is None:
            return
        self.assertLessEqual(set(body), set(shape.members), model.name)
        known = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        report = ParamValidator().validate(known, shape)
        self.assertFalse(report.has_errors(), f"{model.name}: {report.generate_report()}")

    def say(self, text):
        return self.participant.send_message(ContentType="text/plain", Content=text, ConnectionToken=self.token)

    def transcript(self):
        answer = self.participant.get_transcript(MaxResults=100, SortOrder="ASCENDING", ConnectionToken=self.token)
        return [self.line(item) for item in answer["Transcript"]]

    @staticmethod
    def line(item):
        if item["Type"] == "MESSAGE":
            return f"{item['DisplayName']}: {item['Content']}"
        return f"{item.get('ParticipantRole', '')} {item['ContentType'].removeprefix(EVENT)}".strip()

    def heard(self, line):
        """The transcript once the line stands in it."""
        return until(self.transcript, lambda lines: line in lines)

    def described(self):
        return self.connect.describe_contact(InstanceId=self.instance, ContactId=self.contact)["Contact"]

    def test_a_chat_is_held_to_the_queue_and_left(self):
        lines = self.heard("SYSTEM_MESSAGE: Which department do you want to talk to, sales or finance?")
        self.say("sales please")
        self.heard("AGENT participant.joined")
        post(f"{self.cloud.endpoint}/_trunkline/contacts/{self.contact}/events", {"agentSays": "How can I help?"})
        talk = self.heard("agent: How can I help?")
        contact = self.described()
        attributes = self.connect.get_contact_attributes(InstanceId=self.instance, InitialContactId=self.contact)
        self.participant.disconnect_participant(ConnectionToken=self.token)
        gone = until(self.described, lambda contact: "DisconnectTimestamp" in contact)

        self.assertEqual(lines[0], "CUSTOMER participant.joined")
        self.assertIn("SYSTEM_MESSAGE: Welcome to ACME.", lines)
        self.assertIn("Ada: sales please", talk)
        self.assertEqual((contact["Channel"], contact["InitiationMethod"]), ("CHAT", "API"))
        queues = self.client("connect").list_queues(InstanceId=self.instance, QueueTypes=["STANDARD"])["QueueSummaryList"]
        self.assertIn((contact["QueueInfo"]["Id"], "ACME_Sales"), [(queue["Id"], queue["Name"]) for queue in queues])
        self.assertEqual(attributes["Attributes"]["tier"], "gold")
        self.assertEqual(gone["DisconnectTimestamp"] >= contact["InitiationTimestamp"], True)
        self.refused("AccessDeniedException", self.participant.get_transcript, ConnectionToken=self.token)

    def test_a_web_socket_tells_what_happens(self):
        socket = websocket.create_connection(self.connection["Websocket"]["Url"], timeout=30)
        self.addCleanup(socket.close)
        self.heard("SYSTEM_MESSAGE: Which department do you want to talk to, sales or finance?")
        socket.send(json.dumps({"topic": "aws/subscribe", "content": {"topics": ["aws/chat"]}}))
        subscribed = json.loads(socket.recv())
        socket.send(json.dumps({"topic": "aws/heartbeat"}))
        beat = json.loads(socket.recv())
        socket.send(json.dumps({"topic": "aws/ping"}))
        pong = json.loads(socket.recv())
        self.say("finance")

        told = []
        while not told or told[-1] != "AGENT participant.joined":
            message = json.loads(socket.recv())
            self.assertEqual((message["topic"], message["contentType"]), ("aws/chat", "application/json"))
            item = json.loads(message["content"])
            self.assertEqual((item["InitialContactId"], item["ContactId"]), (self.contact, self.contact))
            told.append(self.line(item))
        self.participant.disconnect_participant(ConnectionToken=self.token)
        left = []
        while message := socket.recv():
            left.append(self.line(json.loads(json.loads(message)["content"])))

        self.assertEqual(subscribed, {"topic": "aws/subscribe", "content": {"status": "success", "topics": ["aws/chat"]}})
        self.assertEqual(beat, {"topic": "aws/heartbeat"})
        self.assertEqual(pong["statusCode"], 200)
        self.assertEqual(told[0], "Ada: finance")
        self.assertEqual(left, ["CUSTOMER participant.left", "AGENT participant.left", "chat.ended"])
        with self.assertRaises(websocket.WebSocketBadStatusException):
            websocket.create_connection(self.connection["Websocket"]["Url"], timeout=30)


if __name__ == "__main__":
    unittest.main()
