"""Talking to a bot through boto3 and the AWS CLI: what it understands, slots, sessions, a function as its code hook."""
import json

from bots import BotTest, prompt, text, utterances
from functions import TRUST, packed
from clients import SOON

HOOK = """
def handler(event, context):
    intent = event["sessionState"]["intent"]
    intent["state"] = "Fulfilled"
    slots = {name: slot["value"]["interpretedValue"] for name, slot in intent["slots"].items()}
    return {"sessionState": {"dialogAction": {"type": "Close"}, "intent": intent, "sessionAttributes": {"source": event["invocationSource"]}},
            "messages": [{"contentType": "PlainText", "content": "%(Count)s %(Kind)s ordered" % slots}]}
"""


class RecognizeTest(BotTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        test = cls("test_the_test_alias_talks_to_the_draft")
        test.lex = cls.cloud.client("lexv2-models")
        cls.bot = test.make_bot("florist")
        cls.where = test.make_locale(cls.bot)
        test.make_flowers(cls.where)
        test.lex.create_intent(**cls.where, intentName="Cancel", sampleUtterances=utterances("cancel my order"), intentConfirmationSetting={
            "active": True, "promptSpecification": prompt("Really?"), "declinationResponse": {"messageGroups": [text("It stays.")]}})
        test.build(cls.where)
        cls.alias, _ = test.publish(cls.bot, "live")

    def setUp(self):
        super().setUp()
        self.runtime = self.cloud.client("lexv2-runtime")
        self.at = {"botId": self.bot, "botAliasId": self.alias, "localeId": "en_US", "sessionId": self.id().rsplit(".", 1)[1][:100]}

    def say(self, words, **more):
        return self.runtime.recognize_text(**{**self.at, **more}, text=words)

    def messages(self, answer):
        return [one["content"] for one in answer.get("messages", [])]

    def test_an_order_is_taken_slot_by_slot(self):
        first = self.say("I want flowers")
        second = self.say("a red one")
        third = self.say("12")

        self.assertEqual((self.messages(first), first["sessionState"]["dialogAction"]), (["Which flowers?"], {"type": "ElicitSlot", "slotToElicit": "Kind"}))
        kind = second["sessionState"]["intent"]["slots"]["Kind"]["value"]
        self.assertEqual((kind["interpretedValue"], self.messages(second)), ("rose", ["How many?"]))
        self.assertEqual(third["sessionState"]["dialogAction"]["type"], "Close")
        intent = third["sessionState"]["intent"]
        self.assertEqual((intent["name"], intent["state"], intent["slots"]["Count"]["value"]["interpretedValue"]), ("OrderFlowers", "ReadyForFulfillment", "12"))

    def test_a_slot_may_be_in_the_first_sentence(self):
        answer = self.say("order tulip")

        self.assertEqual(answer["sessionState"]["intent"]["slots"]["Kind"]["value"]["interpretedValue"], "tulip")
        self.assertEqual(self.messages(answer), ["How many?"])

    def test_what_is_not_understood_is_the_fallback(self):
        answer = self.say("xylophone concert tickets")

        self.assertEqual(answer["sessionState"]["intent"]["name"], "FallbackIntent")
        self.assertEqual(answer["interpretations"][0]["intent"]["name"], "FallbackIntent")

    def test_interpretations_come_with_a_score(self):
        answer = self.say("goodbye")

        best = answer["interpretations"][0]
        self.assertEqual(best["intent"]["name"], "Goodbye")
        self.assertGreater(best["nluConfidence"]["score"], 0.7)

    def test_an_intent_may_ask_whether_it_is_meant(self):
        asked = self.say("cancel my order")
        yes = self.say("yes")
        self.say("cancel my order", sessionId="declined")
        no = self.say("no", sessionId="declined")

        state = lambda answer: (answer["sessionState"]["dialogAction"]["type"], answer["sessionState"]["intent"]["confirmationState"])
        self.assertEqual((self.messages(asked), state(asked)), (["Really?"], ("ConfirmIntent", "None")))
        self.assertEqual((state(yes), yes["sessionState"]["intent"]["state"]), (("Close", "Confirmed"), "ReadyForFulfillment"))
        self.assertEqual((self.messages(no), state(no), no["sessionState"]["intent"]["state"]), (["It stays."], ("Close", "Denied"), "Failed"))

    def test_sessions_do_not_hear_each_other(self):
        self.say("I want flowers")
        other = self.say("goodbye", sessionId="another")

        self.assertEqual(other["sessionState"]["intent"]["name"], "Goodbye")
        self.assertEqual(self.messages(self.say("rose")), ["How many?"])

    def test_a_session_is_put_read_and_deleted(self):
        self.runtime.put_session(**self.at, sessionState={
            "dialogAction": {"type": "ElicitSlot", "slotToElicit": "Count"}, "sessionAttributes": {"a": "1"},
            "intent": {"name": "OrderFlowers", "slots": {"Kind": {"value": {"originalValue": "rose", "interpretedValue": "rose", "resolvedValues": ["rose"]}}}}})
        got = self.runtime.get_session(**self.at)
        answer = self.say("3")
        self.runtime.delete_session(**self.at)

        self.assertEqual(got["sessionState"]["sessionAttributes"], {"a": "1"})
        self.assertEqual(got["sessionState"]["intent"]["slots"]["Kind"]["value"]["interpretedValue"], "rose")
        self.assertEqual(answer["sessionState"]["intent"]["slots"]["Count"]["value"]["interpretedValue"], "3")
        self.refused("ResourceNotFoundException", self.runtime.get_session, **self.at)
        self.refused("ResourceNotFoundException", self.runtime.delete_session, **self.at)

    def test_attributes_stay_with_the_session(self):
        self.say("I want flowers", sessionState={"sessionAttributes": {"customer": "7"}}, requestAttributes={"x": "1"})

        self.assertEqual(self.say("rose")["sessionState"]["sessionAttributes"], {"customer": "7"})

    def test_the_test_alias_talks_to_the_draft(self):
        answer = self.say("goodbye", botAliasId="TSTALIASID")

        self.assertEqual(answer["sessionState"]["intent"]["name"], "Goodbye")

    def test_errors(self):
        self.refused("ResourceNotFoundException", self.say, words="x", botId="NOSUCHBOT1")
        self.refused("ResourceNotFoundException", self.say, words="x", botAliasId="NOSUCHALIA")
        self.refused("ResourceNotFoundException", self.say, words="x", localeId="de_DE")
        self.refused("ValidationException", self.runtime.put_session, **self.at, sessionState={"intent": {"name": "Nothing"}})

    def test_the_cli_asks_too(self):
        answer = self.cloud.aws("lexv2-runtime", "recognize-text", "--bot-id", self.bot, "--bot-alias-id", self.alias,
                                "--locale-id", "en_US", "--session-id", "cli", "--text", "goodbye")

        self.assertEqual(answer["sessionState"]["intent"]["name"], "Goodbye")

    def test_a_session_survives_kill_9(self):
        self.say("I want flowers")

        self.cloud.restart("kill")
        self.runtime = self.cloud.client("lexv2-runtime")

        self.assertEqual(self.messages(self.say("tulip")), ["How many?"])


class CodeHookTest(BotTest):
    def make_hooked(self, code):
        """A bot whose alias has a function for a code hook; where to talk to it."""
        iam, functions = self.cloud.client("iam"), self.cloud.client("lambda")
        name = self.id().rsplit(".", 1)[1][:60]
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        arn = functions.create_function(FunctionName=name, Role=role, Runtime="python3.9", Handler="app.handler",
                                        Code={"ZipFile": packed(app__py=code)})["FunctionArn"]
        functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig=SOON)
        functions.add_permission(FunctionName=name, StatementId="lex", Action="lambda:InvokeFunction",
                                 Principal="lexv2.amazonaws.com", SourceAccount="123456789012")
        bot = self.make_bot(name)
        where = self.make_locale(bot)
        self.make_flowers(where, hook=True)
        self.build(where)
        alias, _ = self.publish(bot, "live", codeHookSpecification={"lambdaCodeHook": {"lambdaARN": arn, "codeHookInterfaceVersion": "1.0"}})
        return {"botId": bot, "botAliasId": alias, "localeId": "en_US", "sessionId": "one"}

    def test_a_function_fulfils_the_order(self):
        at = self.make_hooked(HOOK)
        runtime = self.cloud.client("lexv2-runtime")

        runtime.recognize_text(**at, text="order rose")
        answer = runtime.recognize_text(**at, text="5")

        self.assertEqual([one["content"] for one in answer["messages"]], ["5 rose ordered"])
        self.assertEqual(answer["sessionState"]["intent"]["state"], "Fulfilled")
        self.assertEqual(answer["sessionState"]["sessionAttributes"], {"source": "FulfillmentCodeHook"})

    def test_a_function_that_fails_is_the_bots_failure(self):
        at = self.make_hooked("def handler(event, context):\n    raise ValueError('broken')\n")
        runtime = self.cloud.client("lexv2-runtime")
        runtime.recognize_text(**at, text="order rose")

        message = self.refused("DependencyFailedException", runtime.recognize_text, **at, text="5")

        self.assertIn("broken", message)
