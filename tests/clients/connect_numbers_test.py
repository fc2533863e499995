"""Phone numbers and tags of Amazon Connect."""
from clients import until
from connect_center import ConnectTest, create_instance, saying_flow


class NumbersTest(ConnectTest):
    def claim(self, number, **more):
        """A claimed number; its id."""
        arn = self.connect.describe_instance(InstanceId=self.instance)["Instance"]["Arn"]
        made = self.connect.claim_phone_number(**{"TargetArn": arn, "PhoneNumber": number, **more})["PhoneNumberId"]
        until(lambda: self.number(made)["PhoneNumberStatus"]["Status"], "CLAIMED")
        return made

    def number(self, number_id):
        return self.connect.describe_phone_number(PhoneNumberId=number_id)["ClaimedPhoneNumberSummary"]

    def offered(self, **more):
        arn = self.connect.describe_instance(InstanceId=self.instance)["Instance"]["Arn"]
        pages = self.connect.get_paginator("search_available_phone_numbers").paginate(
            TargetArn=arn, PaginationConfig={"PageSize": 3, "MaxItems": 7}, **{"PhoneNumberCountryCode": "US", "PhoneNumberType": "DID", **more})
        return [one["PhoneNumber"] for one in pages.build_full_result()["AvailableNumbersList"]]

    def test_an_offered_number_is_claimed_described_and_released(self):
        offers = self.offered()
        made = self.claim(offers[0], PhoneNumberDescription="words", Tags={"a": "1"})
        self.do("PUT", f"/phone-number/{made}/metadata", {"PhoneNumberDescription": "other words"})
        self.restart("kill")
        got = self.number(made)
        without = self.offered()
        self.connect.release_phone_number(PhoneNumberId=made)

        self.assertEqual(len(set(offers)), 7)
        self.assertEqual((got["PhoneNumber"], got["PhoneNumberCountryCode"], got["PhoneNumberType"]), (offers[0], "US", "DID"))
        self.assertEqual((got["PhoneNumberDescription"], got["Tags"]), ("other words", {"a": "1"}))
        self.assertNotIn(offers[0], without)
        self.refused("ResourceNotFoundException", self.connect.describe_phone_number, PhoneNumberId=made)
        self.assertEqual(self.offered()[0], offers[0])

    def test_a_number_belongs_to_one_instance(self):
        made = self.claim("+15555550123")
        other = self.cloud.client("connect", account="222222222222")
        elsewhere = create_instance(other, "other-center")
        arn = other.describe_instance(InstanceId=elsewhere)["Instance"]["Arn"]

        self.refused("InvalidParameterException", other.claim_phone_number, TargetArn=arn, PhoneNumber="+15555550123")
        self.refused("ResourceNotFoundException", other.describe_phone_number, PhoneNumberId=made)
        self.connect.release_phone_number(PhoneNumberId=made)

    def test_numbers_are_listed_in_both_forms(self):
        made = self.claim("+15555550124")
        old = self.listed("list_phone_numbers")
        new = self.connect.get_paginator("list_phone_numbers_v2").paginate(PhoneNumberTypes=["DID"]).build_full_result()["ListPhoneNumbersSummaryList"]
        none = self.connect.list_phone_numbers_v2(PhoneNumberPrefix="+49")["ListPhoneNumbersSummaryList"]
        self.connect.release_phone_number(PhoneNumberId=made)

        self.assertEqual([(one["Id"], one["PhoneNumber"]) for one in old], [(made, "+15555550124")])
        self.assertEqual(([one["PhoneNumberId"] for one in new], none), ([made], []))

    def test_a_number_leads_to_a_flow(self):
        number = self.claim("+15555550125")
        flow = self.connect.create_contact_flow(InstanceId=self.instance, Name="answered", Type="CONTACT_FLOW", Content=saying_flow("hello"))["ContactFlowId"]
        which = {"PhoneNumberId": number, "InstanceId": self.instance}
        self.connect.associate_phone_number_contact_flow(**which, ContactFlowId=flow)
        self.restart("kill")
        listed = self.do("GET", "/flow-associations-summary/{instance}")["FlowAssociationSummaryList"]
        batch = self.do("POST", "/flow-associations-batch/{instance}", {"ResourceIds": [self.number(number)["PhoneNumberArn"]]})["FlowAssociationSummaryList"]
        message = self.refused("InvalidRequestException", self.connect.delete_contact_flow, InstanceId=self.instance, ContactFlowId=flow)
        self.connect.disassociate_phone_number_contact_flow(**which)

        self.assertEqual([one["FlowId"].split("/")[-1] for one in listed], [flow])
        self.assertEqual(batch, listed)
        self.assertIn("+15555550125", message)
        self.assertEqual(self.do("GET", "/flow-associations-summary/{instance}")["FlowAssociationSummaryList"], [])
        self.refused("InvalidParameterException", self.connect.associate_phone_number_contact_flow, **which,
                     ContactFlowId=self.flow_id("Default customer whisper"))
        self.connect.release_phone_number(PhoneNumberId=number)

    def test_a_number_moves_to_another_instance(self):
        number = self.claim("+15555550126")
        other = create_instance(self.connect, "second-center")
        arn = self.connect.describe_instance(InstanceId=other)["Instance"]["Arn"]
        self.connect.update_phone_number(PhoneNumberId=number, TargetArn=arn)
        moved = until(lambda: self.number(number), lambda one: one["PhoneNumberStatus"]["Status"] == "CLAIMED")

        self.assertEqual(moved["TargetArn"], arn)
        self.connect.delete_instance(InstanceId=other)


class TagsTest(ConnectTest):
    def test_everything_with_an_arn_takes_tags(self):
        self.connect.create_quick_connect(InstanceId=self.instance, Name="tagged", QuickConnectConfig={
            "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+15550000009"}})
        describe = self.connect.describe_instance(InstanceId=self.instance)["Instance"]
        arns = [describe["Arn"]] + [self.listed(operation)[0]["Arn"] for operation in (
            "list_quick_connects", "list_queues", "list_hours_of_operations", "list_contact_flows", "list_prompts", "list_routing_profiles",
            "list_security_profiles", "list_agent_statuses")]
        for arn in arns:
            with self.subTest(arn):
                self.connect.tag_resource(resourceArn=arn, tags={"team": "blue", "b": "2"})
                self.connect.untag_resource(resourceArn=arn, tagKeys=["b"])

                self.assertEqual(self.connect.list_tags_for_resource(resourceArn=arn)["tags"], {"team": "blue"})
        self.restart("kill")
        found = self.do("POST", "/search-resource-tags", {"InstanceId": self.instance, "SearchCriteria": {
            "TagSearchCondition": {"tagKey": "te", "tagKeyComparisonType": "STARTS_WITH"}}})["Tags"]

        self.assertEqual(found, [{"key": "team", "value": "blue"}])
        self.assertEqual(self.connect.list_tags_for_resource(resourceArn=arns[1])["tags"], {"team": "blue"})

    def test_errors(self):
        queue = self.connect.create_queue(InstanceId=self.instance, Name="full of tags", HoursOfOperationId=self.hours_id())["QueueArn"]

        self.refused("ResourceNotFoundException", self.connect.list_tags_for_resource, resourceArn=queue + "x")
        self.refused("ResourceNotFoundException", self.connect.tag_resource, resourceArn=queue.replace("us-east-1", "eu-west-1"), tags={"a": "1"})
        self.connect.tag_resource(resourceArn=queue, tags={str(index): "" for index in range(50)})
        self.refused("InvalidRequestException", self.connect.tag_resource, resourceArn=queue, tags={"one more": ""})
