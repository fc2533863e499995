"""Flows and flow modules of Amazon Connect: boto3 for what 1.26 knows, signed requests for drafts, versions, aliases, searches."""
import json

from connect_center import ConnectTest, empty_module, saying_flow

BROKEN = json.dumps({"Version": "2019-10-30", "StartAction": "nowhere", "Metadata": {}, "Actions": [
    {"Identifier": "say", "Type": "MessageParticipant", "Parameters": {"Text": "hello"},
     "Transitions": {"NextAction": "gone", "Errors": [], "Conditions": []}}]})


class FlowsTest(ConnectTest):
    def make(self, name, text="hello", **more):
        made = self.connect.create_contact_flow(InstanceId=self.instance, Name=name, **{"Type": "CONTACT_FLOW", "Content": saying_flow(text), **more})
        return made["ContactFlowId"]

    def flow(self, flow_id):
        return self.connect.describe_contact_flow(InstanceId=self.instance, ContactFlowId=flow_id)["ContactFlow"]

    def test_a_flow_is_made_described_updated_and_deleted(self):
        flow = self.make("life", Description="words", Tags={"team": "blue"})
        made = self.flow(flow)
        self.connect.update_contact_flow_content(InstanceId=self.instance, ContactFlowId=flow, Content=saying_flow("bye"))
        self.connect.update_contact_flow_name(InstanceId=self.instance, ContactFlowId=flow, Name="life-2", Description="new words")
        self.connect.update_contact_flow_metadata(InstanceId=self.instance, ContactFlowId=flow, ContactFlowState="ARCHIVED")
        changed = self.flow(flow)
        self.connect.delete_contact_flow(InstanceId=self.instance, ContactFlowId=flow)

        self.assertEqual((made["Name"], made["Type"], made["State"], made["Description"]), ("life", "CONTACT_FLOW", "ACTIVE", "words"))
        self.assertEqual(made["Arn"], f"arn:aws:connect:us-east-1:123456789012:instance/{self.instance}/contact-flow/{flow}")
        self.assertEqual((made["Content"], made["Tags"]), (saying_flow("hello"), {"team": "blue"}))
        self.assertEqual((changed["Name"], changed["Description"], changed["State"]), ("life-2", "new words", "ARCHIVED"))
        self.assertEqual(changed["Content"], saying_flow("bye"))
        self.refused("ResourceNotFoundException", self.flow, flow_id=flow)

    def test_broken_content_is_refused_with_its_problems(self):
        flow = self.make("broken-later")

        response = self.refusal(self.connect.update_contact_flow_content, InstanceId=self.instance, ContactFlowId=flow, Content=BROKEN)

        self.assertEqual(response["Error"]["Code"], "InvalidContactFlowException")
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)
        problems = [one["message"] for one in response["problems"]]
        self.assertTrue(any("nowhere" in one for one in problems), problems)
        self.assertTrue(any("Actions[0].Transitions.NextAction" in one for one in problems), problems)
        self.assertEqual(self.flow(flow)["Content"], saying_flow("hello"))

    def test_the_cli_names_the_refusal(self):
        flow = self.make("broken-by-cli")

        done = self.cloud.aws("connect", "update-contact-flow-content", "--instance-id", self.instance, "--contact-flow-id", flow,
                              "--content", BROKEN, check=False)

        self.assertEqual(done.returncode, 254)
        self.assertIn("(InvalidContactFlowException) when calling the UpdateContactFlowContent operation", done.stderr)

    def test_what_cannot_be_created_says_why(self):
        for content, part in (("{", "the end of the text"), ('{"Version":"2019-10-30"}', "Actions"), (BROKEN, "nowhere")):
            with self.subTest(content):
                response = self.refusal(self.make, "not made", Content=content)

                self.assertEqual(response["Error"]["Code"], "InvalidContactFlowException")
                self.assertIn(part, json.dumps(response["problems"]))
        self.refused("DuplicateResourceException", self.make, name="Sample inbound flow (first contact experience)")
        self.refused("InvalidParameterException", self.make, name="typed", Type="NO_SUCH_TYPE")
        self.refused("ResourceNotFoundException", self.connect.describe_contact_flow, InstanceId=self.instance, ContactFlowId="none")

    def test_a_flow_may_name_only_what_is_there(self):
        content = json.loads(saying_flow("hello"))
        content["Actions"][0] = {"Identifier": "say", "Type": "UpdateContactTargetQueue", "Transitions": content["Actions"][0]["Transitions"],
                                 "Parameters": {"QueueId": f"arn:aws:connect:us-east-1:123456789012:instance/{self.instance}/queue/none"}}

        response = self.refusal(self.make, "dangling", Content=json.dumps(content))
        content["Actions"][0]["Parameters"]["QueueId"] = self.queue_id()

        self.assertIn("none", json.dumps(response["problems"]))
        self.assertTrue(self.make("bound", Content=json.dumps(content)))

    def test_flows_are_listed_by_type_and_in_pages(self):
        for index in range(3):
            self.make(f"whisper-{index}", Type="CUSTOMER_WHISPER", Content=saying_flow("hello", "EndFlowExecution"))
        every = self.listed("list_contact_flows")
        whispers = self.listed("list_contact_flows", ContactFlowTypes=["CUSTOMER_WHISPER"])

        self.assertEqual([one["Name"] for one in whispers if one["Name"].startswith("whisper-")], ["whisper-0", "whisper-1", "whisper-2"])
        self.assertEqual({one["ContactFlowType"] for one in whispers}, {"CUSTOMER_WHISPER"})
        self.assertGreater(len(every), len(whispers))
        self.assertEqual(len({one["Id"] for one in every}), len(every))

    def test_a_draft_is_kept_beside_what_is_published(self):
        flow = self.make("drafted", "published")
        path = f"/contact-flows/{{instance}}/{flow}"
        self.do("POST", path + ":$SAVED/content", {"Content": "{not valid yet"})
        draft = self.do("GET", path + ":$SAVED")["ContactFlow"]
        live = self.flow(flow)
        self.do("POST", path + "/content", {"Content": saying_flow("next")})

        self.assertEqual((draft["Content"], draft["Status"]), ("{not valid yet", "SAVED"))
        self.assertEqual(live["Content"], saying_flow("published"))
        self.assertEqual(self.do("GET", path + ":$SAVED")["ContactFlow"]["Content"], saying_flow("next"))

    def test_a_flow_that_was_only_saved_is_not_published(self):
        made = self.do("PUT", "/contact-flows/{instance}", {"Name": "saved", "Type": "CONTACT_FLOW", "Content": "{", "Status": "SAVED"})

        self.not_done(404, "ContactFlowNotPublishedException", "GET", "/contact-flows/{instance}/" + made["ContactFlowId"])

    def test_flows_are_searched(self):
        flow = self.make("find me", Tags={"find": "me"})
        search = {"InstanceId": self.instance, "SearchCriteria": {"StringCondition": {"FieldName": "name", "Value": "FIND", "ComparisonType": "STARTS_WITH"}}}
        found = self.do("POST", "/search-contact-flows", search)
        tagged = self.do("POST", "/search-contact-flows", {"InstanceId": self.instance, "SearchFilter": {"TagFilter": {"TagCondition": {"TagKey": "find"}}}})

        self.assertEqual(([one["Id"] for one in found["ContactFlows"]], found["ApproximateTotalCount"]), ([flow], 1))
        self.assertEqual([one["Id"] for one in tagged["ContactFlows"]], [flow])
        self.assertIn("FlowContentSha256", found["ContactFlows"][0])

    def test_versions_of_a_campaign_flow(self):
        flow = self.make("campaign", "one", Type="CAMPAIGN")
        path = f"/contact-flows/{{instance}}/{flow}"
        first = self.do("PUT", path + "/version", {"Description": "the first"})
        self.connect.update_contact_flow_content(InstanceId=self.instance, ContactFlowId=flow, Content=saying_flow("two"))
        self.do("PUT", path + "/version", {})
        listed = self.do("GET", path + "/versions")["ContactFlowVersionSummaryList"]
        old = self.do("GET", path + ":1")["ContactFlow"]
        self.do("DELETE", path + "/version/1")

        self.assertEqual(first["Version"], 1)
        self.assertEqual(sorted((one["Version"], one.get("VersionDescription")) for one in listed), [(1, "the first"), (2, None)])
        self.assertEqual(old["Content"], saying_flow("one"))
        self.not_done(404, "ResourceNotFoundException", "GET", path + ":1")
        self.not_done(400, "InvalidRequestException", "PUT", f"/contact-flows/{{instance}}/{self.make('inbound')}/version", {})

    def test_flows_survive_stop_and_kill_9(self):
        flow = self.make("kept", "still here", Tags={"a": "1"})
        self.do("POST", f"/contact-flows/{{instance}}/{flow}:$SAVED/content", {"Content": "draft"})
        for how in ("stop", "kill"):
            self.restart(how)

            got = self.flow(flow)
            self.assertEqual((got["Content"], got["Tags"]), (saying_flow("still here"), {"a": "1"}))
            self.assertEqual(self.do("GET", f"/contact-flows/{{instance}}/{flow}:$SAVED")["ContactFlow"]["Content"], "draft")


class ModulesTest(ConnectTest):
    def make(self, name, **more):
        return self.connect.create_contact_flow_module(InstanceId=self.instance, Name=name, **{"Content": empty_module(), **more})["Id"]

    def module(self, module_id):
        return self.connect.describe_contact_flow_module(InstanceId=self.instance, ContactFlowModuleId=module_id)["ContactFlowModule"]

    def test_a_module_is_made_changed_and_deleted(self):
        module = self.make("life", Description="words", Tags={"a": "1"})
        which = {"InstanceId": self.instance, "ContactFlowModuleId": module}
        made = self.module(module)
        content = json.dumps({**json.loads(empty_module()), "Metadata": {"changed": True}})
        self.connect.update_contact_flow_module_content(**which, Content=content)
        self.connect.update_contact_flow_module_metadata(**which, Name="life-2", State="ARCHIVED", Description="new")
        changed = self.module(module)
        self.connect.delete_contact_flow_module(**which)

        self.assertEqual((made["Name"], made["State"], made["Status"], made["Tags"]), ("life", "ACTIVE", "PUBLISHED", {"a": "1"}))
        self.assertEqual((changed["Name"], changed["State"], changed["Description"], changed["Content"]), ("life-2", "ARCHIVED", "new", content))
        self.refused("ResourceNotFoundException", self.module, module_id=module)

    def test_broken_content_is_refused_with_its_problems(self):
        module = self.make("broken-later")

        response = self.refusal(self.connect.update_contact_flow_module_content, InstanceId=self.instance, ContactFlowModuleId=module,
                                Content=json.dumps({**json.loads(empty_module()), "StartAction": "nowhere"}))

        self.assertEqual(response["Error"]["Code"], "InvalidContactFlowModuleException")
        self.assertIn("nowhere", json.dumps(response["Problems"]))

    def test_a_client_token_makes_one_module(self):
        first = self.make("once", ClientToken="token-1")

        self.assertEqual(self.make("once", ClientToken="token-1"), first)
        self.refused("DuplicateResourceException", self.make, name="once", ClientToken="token-2")

    def test_modules_are_listed_by_state(self):
        active = self.make("listed-active")
        archived = self.make("listed-archived")
        self.connect.update_contact_flow_module_metadata(InstanceId=self.instance, ContactFlowModuleId=archived, State="ARCHIVED")

        found = {one["Id"] for one in self.listed("list_contact_flow_modules", ContactFlowModuleState="ACTIVE")}
        self.assertIn(active, found)
        self.assertNotIn(archived, found)
        search = {"InstanceId": self.instance, "SearchCriteria": {"StateCondition": "ARCHIVED"}}
        self.assertIn(archived, [one["Id"] for one in self.do("POST", "/search-contact-flow-modules", search)["ContactFlowModules"]])

    def test_versions_and_aliases(self):
        module = self.make("versioned")
        path = f"/contact-flow-modules/{{instance}}/{module}"
        version = self.do("PUT", path + "/version", {"Description": "first"})
        self.do("PUT", path + "/version", {})
        alias = self.do("PUT", path + "/alias", {"AliasName": "live", "ContactFlowModuleVersion": 1, "Description": "words"})
        self.do("POST", f"{path}/alias/{alias['Id']}", {"ContactFlowModuleVersion": 2, "Name": "live-2"})
        got = self.do("GET", f"{path}/alias/{alias['Id']}")["ContactFlowModuleAlias"]
        listed = self.do("GET", path + "/aliases")["ContactFlowModuleAliasSummaryList"]
        versions = self.do("GET", path + "/versions")["ContactFlowModuleVersionSummaryList"]

        self.assertEqual((version["Version"], version["ContactFlowModuleArn"]), (1, self.module(module)["Arn"] + ":1"))
        self.assertEqual((got["Name"], got["Version"], got["Description"]), ("live-2", 2, "words"))
        self.assertEqual([one["AliasName"] for one in listed], ["live-2"])
        self.assertEqual(sorted(one["Version"] for one in versions), [1, 2])
        self.not_done(400, "InvalidRequestException", "DELETE", path + "/version/2")
        self.do("DELETE", f"{path}/alias/{alias['Id']}")
        self.do("DELETE", path + "/version/2")
        self.not_done(404, "ResourceNotFoundException", "GET", f"{path}/alias/{alias['Id']}")

    def test_modules_survive_kill_9(self):
        module = self.make("kept")
        self.do("PUT", f"/contact-flow-modules/{{instance}}/{module}/version", {})

        self.restart("kill")

        self.assertEqual(self.module(module)["Content"], empty_module())
        versions = self.do("GET", f"/contact-flow-modules/{{instance}}/{module}/versions")["ContactFlowModuleVersionSummaryList"]
        self.assertEqual([one["Version"] for one in versions], [1])
