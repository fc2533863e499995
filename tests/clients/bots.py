"""BotTest: a cloud, and a bot that orders flowers, made with boto3 step by step."""
import json

from clients import SOON, ClientTest

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lexv2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
LOCALE = {"botVersion": "DRAFT", "localeId": "en_US"}


def text(words):
    return {"message": {"plainTextMessage": {"value": words}}}


def prompt(words, retries=1):
    return {"messageGroups": [text(words)], "maxRetries": retries}


def utterances(*texts):
    return [{"utterance": one} for one in texts]


class BotTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.cloud.client("iam").create_role(RoleName="bot", AssumeRolePolicyDocument=json.dumps(TRUST))
        cls.role = made["Role"]["Arn"]

    def setUp(self):
        super().setUp()
        self.lex = self.cloud.client("lexv2-models")

    def restart(self, how):
        self.cloud.restart(how)
        self.lex = self.cloud.client("lexv2-models")

    def make_bot(self, name, **more):
        """An available bot; its id."""
        made = self.lex.create_bot(botName=name, roleArn=self.role, dataPrivacy={"childDirected": False},
                                   **{"idleSessionTTLInSeconds": 300, **more})
        self.lex.get_waiter("bot_available").wait(botId=made["botId"], WaiterConfig=SOON)
        return made["botId"]

    def make_locale(self, bot, locale="en_US", threshold=0.4):
        where = {"botId": bot, "botVersion": "DRAFT", "localeId": locale}
        self.lex.create_bot_locale(**where, nluIntentConfidenceThreshold=threshold)
        self.lex.get_waiter("bot_locale_created").wait(**where, WaiterConfig=SOON)
        return where

    def make_flowers(self, where, hook=False):
        """Intents OrderFlowers with the slots Kind and Count, and Goodbye; the id of OrderFlowers and its slots."""
        kind = self.lex.create_slot_type(
            **where, slotTypeName="Flower", valueSelectionSetting={"resolutionStrategy": "TopResolution"},
            slotTypeValues=[{"sampleValue": {"value": "rose"}, "synonyms": [{"value": "red one"}]}, {"sampleValue": {"value": "tulip"}}])
        intent = self.lex.create_intent(
            **where, intentName="OrderFlowers", sampleUtterances=utterances("I want flowers", "order {Kind}", "flowers please"),
            fulfillmentCodeHook={"enabled": hook}, intentClosingSetting={
                "active": True, "closingResponse": {"messageGroups": [text("Your {Kind} is on its way.")]}})["intentId"]
        slots = [self.lex.create_slot(
            **where, intentId=intent, slotName=name, slotTypeId=slot_type,
            valueElicitationSetting={"slotConstraint": "Required", "promptSpecification": prompt(words)})["slotId"]
            for name, slot_type, words in (("Kind", kind["slotTypeId"], "Which flowers?"), ("Count", "AMAZON.Number", "How many?"))]
        self.lex.update_intent(
            **where, intentId=intent, intentName="OrderFlowers", sampleUtterances=utterances("I want flowers", "order {Kind}", "flowers please"),
            fulfillmentCodeHook={"enabled": hook}, slotPriorities=[{"priority": at + 1, "slotId": slot} for at, slot in enumerate(slots)],
            intentClosingSetting={"active": True, "closingResponse": {"messageGroups": [text("Your {Kind} is on its way.")]}})
        self.lex.create_intent(**where, intentName="Goodbye", sampleUtterances=utterances("goodbye", "that is all"))
        return intent, slots, kind["slotTypeId"]

    def build(self, where):
        self.lex.build_bot_locale(**where)
        self.lex.get_waiter("bot_locale_built").wait(**where, WaiterConfig=SOON)

    def publish(self, bot, alias, version=None, **setting):
        """A version of the draft (or `version`), and an alias for it; the alias's id and the version."""
        if version is None:
            version = self.lex.create_bot_version(
                botId=bot, botVersionLocaleSpecification={"en_US": {"sourceBotVersion": "DRAFT"}})["botVersion"]
            self.lex.get_waiter("bot_version_available").wait(botId=bot, botVersion=version, WaiterConfig=SOON)
        made = self.lex.create_bot_alias(botAliasName=alias, botId=bot, botVersion=version,
                                         botAliasLocaleSettings={"en_US": {"enabled": True, **setting}})
        self.lex.get_waiter("bot_alias_available").wait(botId=bot, botAliasId=made["botAliasId"], WaiterConfig=SOON)
        return made["botAliasId"], version
