"""Bots as resources, through boto3: bots, locales, intents, slot types, slots, builds, versions, aliases, policies, tags."""
import json

from botocore.exceptions import WaiterError

from bots import LOCALE, BotTest, prompt, utterances
from clients import SOON, send


class BotsTest(BotTest):
    def test_a_bot_is_made_changed_and_deleted(self):
        bot = self.make_bot("life", description="words", botTags={"a": "1"})
        got = self.lex.describe_bot(botId=bot)
        self.lex.update_bot(botId=bot, botName="life-2", roleArn=self.role, dataPrivacy={"childDirected": True}, idleSessionTTLInSeconds=60)
        self.lex.get_waiter("bot_available").wait(botId=bot, WaiterConfig=SOON)
        changed = self.lex.describe_bot(botId=bot)
        deleted = self.lex.delete_bot(botId=bot)

        self.assertEqual((got["botName"], got["description"], got["botStatus"]), ("life", "words", "Available"))
        self.assertRegex(bot, r"^[0-9A-Z]{10}$")
        self.assertEqual((changed["botName"], changed["dataPrivacy"], changed["idleSessionTTLInSeconds"]), ("life-2", {"childDirected": True}, 60))
        self.assertNotIn("description", changed)
        self.assertEqual(deleted["botStatus"], "Deleting")
        self.refused("ResourceNotFoundException", self.lex.describe_bot, botId=bot)

    def test_bots_are_listed_filtered_and_paged(self):
        for name in ("listed-a", "listed-b", "listed-c"):
            self.make_bot(name)
        by_name = lambda operator, value: [one["botName"] for one in self.lex.list_bots(
            filters=[{"name": "BotName", "operator": operator, "values": [value]}])["botSummaries"]]
        first = self.lex.list_bots(maxResults=1)
        second = self.lex.list_bots(maxResults=1, nextToken=first["nextToken"])
        backwards = self.lex.list_bots(sortBy={"attribute": "BotName", "order": "Descending"},
                                       filters=[{"name": "BotName", "operator": "CO", "values": ["listed-"]}])

        self.assertEqual(by_name("EQ", "listed-b"), ["listed-b"])
        self.assertEqual(by_name("CO", "listed-"), ["listed-a", "listed-b", "listed-c"])
        self.assertNotEqual(first["botSummaries"][0]["botId"], second["botSummaries"][0]["botId"])
        self.assertEqual([one["botName"] for one in backwards["botSummaries"]], ["listed-c", "listed-b", "listed-a"])

    def test_errors(self):
        bot = self.make_bot("errors")

        self.refused("PreconditionFailedException", self.make_bot, name="errors")
        self.refused("PreconditionFailedException", self.lex.delete_bot, botId="NOSUCHBOT1")
        self.refused("ResourceNotFoundException", self.lex.describe_bot_locale, botId=bot, **LOCALE)
        self.refused("ValidationException", self.lex.describe_bot, botId="no bot id!")

    def test_tags(self):
        bot = self.make_bot("tagged", botTags={"a": "1"})
        arn = f"arn:aws:lex:us-east-1:123456789012:bot/{bot}"
        self.lex.tag_resource(resourceARN=arn, tags={"b": "2"})
        self.lex.untag_resource(resourceARN=arn, tagKeys=["a"])

        self.assertEqual(self.lex.list_tags_for_resource(resourceARN=arn)["tags"], {"b": "2"})


class LocalesTest(BotTest):
    def test_a_locale_is_made_changed_and_deleted(self):
        where = self.make_locale(self.make_bot("locale"))
        self.lex.update_bot_locale(**where, nluIntentConfidenceThreshold=0.8, description="words", voiceSettings={"voiceId": "Joanna"})
        got = self.lex.describe_bot_locale(**where)
        listed = self.lex.list_bot_locales(botId=where["botId"], botVersion="DRAFT")["botLocaleSummaries"]
        self.refused("ConflictException", self.lex.create_bot_locale, **where, nluIntentConfidenceThreshold=0.4)
        self.lex.delete_bot_locale(**where)

        self.assertEqual((got["nluIntentConfidenceThreshold"], got["description"]), (0.8, "words"))
        self.assertEqual((got["voiceSettings"]["voiceId"], got["intentsCount"]), ("Joanna", 1))
        self.assertEqual([(one["localeId"], one["botLocaleStatus"]) for one in listed], [("en_US", "NotBuilt")])
        self.refused("ResourceNotFoundException", self.lex.describe_bot_locale, **where)

    def test_intents(self):
        where = self.make_locale(self.make_bot("intents"))
        made = self.lex.create_intent(**where, intentName="One", description="words", sampleUtterances=utterances("one"))["intentId"]
        self.refused("PreconditionFailedException", self.lex.create_intent, **where, intentName="One")
        self.lex.update_intent(**where, intentId=made, intentName="Uno", sampleUtterances=utterances("uno", "eins"))
        got = self.lex.describe_intent(**where, intentId=made)
        first = self.lex.list_intents(**where, maxResults=1)
        rest = self.lex.list_intents(**where, maxResults=1, nextToken=first["nextToken"])
        one = self.lex.list_intents(**where, filters=[{"name": "IntentName", "operator": "EQ", "values": ["Uno"]}])
        self.lex.delete_intent(**where, intentId=made)

        self.assertEqual((got["intentName"], got["sampleUtterances"]), ("Uno", utterances("uno", "eins")))
        self.assertNotIn("description", got)
        names = [page["intentSummaries"][0]["intentName"] for page in (first, rest)]
        self.assertEqual((sorted(names), rest.get("nextToken")), (["FallbackIntent", "Uno"], None))
        self.assertEqual([summary["intentName"] for summary in one["intentSummaries"]], ["Uno"])
        self.refused("ResourceNotFoundException", self.lex.describe_intent, **where, intentId=made)
        self.refused("PreconditionFailedException", self.lex.delete_intent, **where, intentId="FALLBCKINT")

    def test_slot_types_and_slots(self):
        where = self.make_locale(self.make_bot("slots"))
        intent, (kind, count), slot_type = self.make_flowers(where)
        got = self.lex.describe_slot_type(**where, slotTypeId=slot_type)
        self.lex.update_slot_type(**where, slotTypeId=slot_type, slotTypeName="Flower", valueSelectionSetting={"resolutionStrategy": "OriginalValue"},
                                  slotTypeValues=[{"sampleValue": {"value": "lily"}}])
        changed = self.lex.describe_slot_type(**where, slotTypeId=slot_type)
        slot = self.lex.describe_slot(**where, intentId=intent, slotId=kind)
        self.lex.update_slot(**where, intentId=intent, slotId=kind, slotName="Kind", slotTypeId=slot_type,
                             valueElicitationSetting={"slotConstraint": "Optional", "promptSpecification": prompt("Which?")})
        slots = self.lex.list_slots(**where, intentId=intent)["slotSummaries"]
        self.refused("ConflictException", self.lex.delete_slot_type, **where, slotTypeId=slot_type)
        self.lex.delete_slot(**where, intentId=intent, slotId=kind)
        self.lex.delete_slot_type(**where, slotTypeId=slot_type)

        self.assertEqual(got["slotTypeValues"][0]["synonyms"], [{"value": "red one"}])
        self.assertEqual(changed["slotTypeValues"], [{"sampleValue": {"value": "lily"}}])
        self.assertEqual(slot["valueElicitationSetting"]["promptSpecification"]["maxRetries"], 1)
        self.assertEqual([(one["slotName"], one["slotConstraint"]) for one in slots], [("Count", "Required"), ("Kind", "Optional")])
        self.assertEqual(self.lex.list_slot_types(**where)["slotTypeSummaries"], [])
        self.refused("ResourceNotFoundException", self.lex.describe_slot, **where, intentId=intent, slotId=kind)
        self.assertEqual(self.lex.describe_slot(**where, intentId=intent, slotId=count)["slotName"], "Count")

    def test_a_build_that_cannot_be_says_why(self):
        where = self.make_locale(self.make_bot("unbuilt"))
        self.lex.create_intent(**where, intentName="Silent")
        self.lex.build_bot_locale(**where)

        with self.assertRaises(WaiterError):
            self.lex.get_waiter("bot_locale_built").wait(**where, WaiterConfig=SOON)
        got = self.lex.describe_bot_locale(**where)

        self.assertEqual(got["botLocaleStatus"], "Failed")
        self.assertIn("Silent", got["failureReasons"][0])

    def test_a_change_after_the_build_asks_for_another_build(self):
        where = self.make_locale(self.make_bot("changed"))
        self.make_flowers(where)
        self.build(where)
        self.lex.create_intent(**where, intentName="More", sampleUtterances=utterances("more"))

        self.assertEqual(self.lex.describe_bot_locale(**where)["botLocaleStatus"], "NotBuilt")

    def test_built_in_intents_and_slot_types_are_listed(self):
        intents = self.lex.list_built_in_intents(localeId="en_US", maxResults=20)["builtInIntentSummaries"]
        types = self.lex.list_built_in_slot_types(localeId="en_US", maxResults=20)["builtInSlotTypeSummaries"]

        self.assertIn("AMAZON.FallbackIntent", [one["intentSignature"] for one in intents])
        self.assertIn("AMAZON.Number", [one["slotTypeSignature"] for one in types])


class VersionsTest(BotTest):
    def test_a_version_is_a_copy_that_nobody_changes(self):
        bot = self.make_bot("versioned")
        where = self.make_locale(bot)
        intent, _, _ = self.make_flowers(where)
        self.refused("PreconditionFailedException", self.lex.create_bot_version, botId=bot,
                     botVersionLocaleSpecification={"en_US": {"sourceBotVersion": "DRAFT"}})
        self.build(where)
        alias, version = self.publish(bot, "live")
        self.lex.update_intent(**where, intentId=intent, intentName="Renamed", sampleUtterances=utterances("x"))
        copy = {**where, "botVersion": version}

        self.assertEqual(version, "1")
        self.assertEqual(self.lex.describe_intent(**copy, intentId=intent)["intentName"], "OrderFlowers")
        self.assertEqual(self.lex.describe_bot_version(botId=bot, botVersion="1")["botStatus"], "Available")
        self.assertEqual([one["botVersion"] for one in self.lex.list_bot_versions(botId=bot)["botVersionSummaries"]][-1], "1")
        status, answer, _ = send(self.cloud, "lex", "PUT", f"/bots/{bot}/botversions/1/botlocales/en_US/intents", {"intentName": "More"})
        self.assertEqual(status, 400, answer)
        self.refused("ConflictException", self.lex.delete_bot_version, botId=bot, botVersion="1")
        self.lex.delete_bot_alias(botId=bot, botAliasId=alias)
        self.lex.delete_bot_version(botId=bot, botVersion="1")
        self.refused("ResourceNotFoundException", self.lex.describe_bot_version, botId=bot, botVersion="1")

    def test_aliases(self):
        bot = self.make_bot("aliased")
        where = self.make_locale(bot)
        self.make_flowers(where)
        self.build(where)
        alias, version = self.publish(bot, "live")
        self.lex.update_bot_alias(botId=bot, botAliasId=alias, botAliasName="live", botVersion=version, description="words",
                                  botAliasLocaleSettings={"en_US": {"enabled": False}})
        got = self.lex.describe_bot_alias(botId=bot, botAliasId=alias)
        listed = [one["botAliasName"] for one in self.lex.list_bot_aliases(botId=bot)["botAliasSummaries"]]

        self.assertEqual((got["description"], got["botAliasLocaleSettings"]), ("words", {"en_US": {"enabled": False}}))
        self.assertEqual(sorted(listed), ["TestBotAlias", "live"])
        self.refused("PreconditionFailedException", self.lex.create_bot_alias, botId=bot, botAliasName="x", botVersion="7")
        self.refused("ConflictException", self.lex.delete_bot, botId=bot)
        self.lex.delete_bot_alias(botId=bot, botAliasId=alias)
        self.refused("ResourceNotFoundException", self.lex.describe_bot_alias, botId=bot, botAliasId=alias)

    def test_resource_policies(self):
        bot = self.make_bot("policed")
        arn = f"arn:aws:lex:us-east-1:123456789012:bot/{bot}"
        policy = {"Version": "2012-10-17", "Statement": [{"Sid": "one", "Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"},
                                                          "Action": "lex:RecognizeText", "Resource": arn}]}
        made = self.lex.create_resource_policy(resourceArn=arn, policy=json.dumps(policy))
        self.lex.create_resource_policy_statement(resourceArn=arn, statementId="two", effect="Allow", principal=[{"service": "events.amazonaws.com"}],
                                                  action=["lex:RecognizeText"])
        both = json.loads(self.lex.describe_resource_policy(resourceArn=arn)["policy"])
        self.refused("PreconditionFailedException", self.lex.update_resource_policy, resourceArn=arn, policy=json.dumps(policy), expectedRevisionId=made["revisionId"])
        self.lex.delete_resource_policy_statement(resourceArn=arn, statementId="two")
        self.lex.update_resource_policy(resourceArn=arn, policy=json.dumps({**policy, "Id": "x"}))
        one = json.loads(self.lex.describe_resource_policy(resourceArn=arn)["policy"])
        self.lex.delete_resource_policy_statement(resourceArn=arn, statementId="one")

        self.assertEqual([statement["Sid"] for statement in both["Statement"]], ["one", "two"])
        self.assertEqual((one["Id"], len(one["Statement"])), ("x", 1))
        self.refused("ResourceNotFoundException", self.lex.describe_resource_policy, resourceArn=arn)
        self.refused("ResourceNotFoundException", self.lex.delete_resource_policy, resourceArn=arn)
        self.refused("ValidationException", self.lex.create_resource_policy, resourceArn=arn, policy='{"Statement":["x"]}')

    def test_bots_survive_stop_and_kill_9(self):
        bot = self.make_bot("kept", botTags={"a": "1"})
        where = self.make_locale(bot)
        intent, _, _ = self.make_flowers(where)
        self.build(where)
        alias, _ = self.publish(bot, "live")
        for how in ("stop", "kill"):
            self.restart(how)

            self.assertEqual(self.lex.describe_bot(botId=bot)["botName"], "kept")
            self.assertEqual(self.lex.describe_bot_locale(**where)["botLocaleStatus"], "Built")
            self.assertEqual(self.lex.describe_intent(**where, intentId=intent)["intentName"], "OrderFlowers")
            self.assertEqual(self.lex.describe_bot_alias(botId=bot, botAliasId=alias)["botVersion"], "1")
            tags = self.lex.list_tags_for_resource(resourceARN=f"arn:aws:lex:us-east-1:123456789012:bot/{bot}")["tags"]
            self.assertEqual(tags, {"a": "1"})
