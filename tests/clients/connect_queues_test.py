"""Queues, hours of operation with their overrides, and prompts of Amazon Connect."""
import urllib.request

from connect_center import ConnectTest

MONDAY = [{"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 30}}]
TUESDAY = [{"Day": "TUESDAY", "StartTime": {"Hours": 0, "Minutes": 0}, "EndTime": {"Hours": 23, "Minutes": 59}}]
HOLIDAY = {"Name": "holiday", "EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26",
           "Config": [{"Day": "THURSDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 12, "Minutes": 0}}]}


def starts_with(text):
    return {"StringCondition": {"FieldName": "name", "Value": text, "ComparisonType": "STARTS_WITH"}}


class QueuesTest(ConnectTest):
    def make(self, name, **more):
        return self.connect.create_queue(InstanceId=self.instance, Name=name, **{"HoursOfOperationId": self.hours_id(), **more})["QueueId"]

    def queue(self, queue_id):
        return self.connect.describe_queue(InstanceId=self.instance, QueueId=queue_id)["Queue"]

    def test_a_queue_is_made_changed_and_deleted(self):
        queue = self.make("life", Description="words", MaxContacts=5, Tags={"a": "1"})
        which = {"InstanceId": self.instance, "QueueId": queue}
        made = self.queue(queue)
        hours = self.connect.create_hours_of_operation(InstanceId=self.instance, Name="for life", TimeZone="UTC", Config=MONDAY)["HoursOfOperationId"]
        self.connect.update_queue_name(**which, Name="life-2", Description="new words")
        self.connect.update_queue_max_contacts(**which, MaxContacts=7)
        self.connect.update_queue_status(**which, Status="DISABLED")
        self.connect.update_queue_hours_of_operation(**which, HoursOfOperationId=hours)
        self.connect.update_queue_outbound_caller_config(**which, OutboundCallerConfig={"OutboundCallerIdName": "ACME"})
        changed = self.queue(queue)
        self.do("DELETE", f"/queues/{{instance}}/{queue}")

        self.assertEqual((made["Name"], made["Status"], made["MaxContacts"], made["Tags"]), ("life", "ENABLED", 5, {"a": "1"}))
        self.assertEqual(made["QueueArn"], f"arn:aws:connect:us-east-1:123456789012:instance/{self.instance}/queue/{queue}")
        self.assertEqual((changed["Name"], changed["Description"], changed["MaxContacts"], changed["Status"], changed["HoursOfOperationId"]),
                         ("life-2", "new words", 7, "DISABLED", hours))
        self.assertEqual(changed["OutboundCallerConfig"], {"OutboundCallerIdName": "ACME"})
        self.refused("ResourceNotFoundException", self.queue, queue_id=queue)

    def test_errors(self):
        self.refused("DuplicateResourceException", self.make, name="BasicQueue")
        self.refused("ResourceNotFoundException", self.make, name="no hours", HoursOfOperationId="none")
        self.refused("ResourceNotFoundException", self.connect.describe_queue, InstanceId="00000000-0000-0000-0000-000000000000", QueueId="x")
        message = self.not_done(409, "ResourceInUseException", "DELETE", f"/queues/{{instance}}/{self.queue_id()}")
        self.assertIn("Basic Routing Profile", message)

    def test_queues_are_listed_in_pages_and_searched(self):
        made = [self.make(f"listed-{index}", Tags={"index": str(index)}) for index in range(3)]
        listed = [one["Id"] for one in self.listed("list_queues", QueueTypes=["STANDARD"])]
        search = lambda **more: [one["QueueId"] for one in self.connect.get_paginator("search_queues").paginate(
            InstanceId=self.instance, PaginationConfig={"PageSize": 1}, **more).search("Queues[]")]

        self.assertEqual([one for one in listed if one in made], made)
        self.assertEqual(search(SearchCriteria=starts_with("listed-")), made)
        self.assertEqual(search(SearchCriteria={"AndConditions": [starts_with("listed-"), {"StringCondition": {
            "FieldName": "name", "Value": "2", "ComparisonType": "CONTAINS"}}]}), made[2:])
        self.assertEqual(search(SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "index", "TagValue": "1"}}}), made[1:2])
        self.refused("InvalidParameterException", self.connect.search_queues, InstanceId=self.instance, SearchCriteria={
            "StringCondition": {"FieldName": "colour", "Value": "x", "ComparisonType": "EXACT"}})

    def test_ids_may_be_arns(self):
        arn = self.queue(self.queue_id())["QueueArn"]
        got = self.connect.describe_queue(InstanceId=arn.split("/queue/")[0], QueueId=arn)["Queue"]

        self.assertEqual((got["Name"], got["QueueArn"]), ("BasicQueue", arn))
        self.refused("ResourceNotFoundException", self.queue, queue_id=arn.replace("123456789012", "222222222222"))

    def test_what_does_not_fit_the_model_is_refused(self):
        status, answer = self.ask("PUT", "/queues/{instance}", {})
        self.assertEqual(status, 400)
        self.assertIn("Value null at 'hoursOfOperationId' failed to satisfy constraint: Member must not be null", answer["Message"])
        self.not_done(400, "InvalidParameterException", "GET", "/queues-summary/{instance}", maxResults="0")
        for body in ('{"Name":', '{"Name": 5}'):
            status, _ = self.ask("PUT", "/queues/{instance}", body)
            self.assertEqual(status, 400)

    def test_a_foreign_token_is_refused(self):
        self.refused("InvalidRequestException", self.connect.list_queues, InstanceId=self.instance, NextToken="nonsense")

    def test_quick_connects_of_a_queue(self):
        connects = [self.connect.create_quick_connect(InstanceId=self.instance, Name=f"number {index}", QuickConnectConfig={
            "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": f"+1555000000{index}"}})["QuickConnectId"] for index in range(3)]
        queue = self.make("connected", QuickConnectIds=connects[:1])
        which = {"InstanceId": self.instance, "QueueId": queue}
        self.connect.associate_queue_quick_connects(**which, QuickConnectIds=connects[1:])
        self.connect.disassociate_queue_quick_connects(**which, QuickConnectIds=connects[:1])
        self.connect.delete_quick_connect(InstanceId=self.instance, QuickConnectId=connects[1])

        self.assertEqual([one["Id"] for one in self.listed("list_queue_quick_connects", QueueId=queue)], connects[2:])

    def test_queues_survive_stop_and_kill_9(self):
        queue = self.make("kept", MaxContacts=3)
        for how in ("stop", "kill"):
            self.restart(how)

            self.assertEqual(self.queue(queue)["MaxContacts"], 3)
            self.assertIn(queue, [one["Id"] for one in self.listed("list_queues")])


class HoursTest(ConnectTest):
    def make(self, name, **more):
        return self.connect.create_hours_of_operation(
            InstanceId=self.instance, Name=name, **{"TimeZone": "Europe/Berlin", "Config": MONDAY, **more})["HoursOfOperationId"]

    def hours(self, hours_id):
        return self.connect.describe_hours_of_operation(InstanceId=self.instance, HoursOfOperationId=hours_id)["HoursOfOperation"]

    def test_hours_are_made_changed_and_deleted(self):
        hours = self.make("life", Description="words", Tags={"a": "1"})
        which = {"InstanceId": self.instance, "HoursOfOperationId": hours}
        made = self.hours(hours)
        self.connect.update_hours_of_operation(**which, Name="life-2", TimeZone="UTC", Config=TUESDAY)
        changed = self.hours(hours)
        self.connect.delete_hours_of_operation(**which)

        self.assertEqual((made["Name"], made["TimeZone"], made["Config"], made["Tags"]), ("life", "Europe/Berlin", MONDAY, {"a": "1"}))
        self.assertTrue(made["HoursOfOperationArn"].endswith(f"/operating-hours/{hours}"))
        self.assertEqual((changed["Name"], changed["TimeZone"], changed["Config"], changed["Description"]), ("life-2", "UTC", TUESDAY, "words"))
        self.refused("ResourceNotFoundException", self.hours, hours_id=hours)

    def test_errors(self):
        used = self.make("used")
        self.connect.create_queue(InstanceId=self.instance, Name="uses hours", HoursOfOperationId=used)

        self.refused("InvalidParameterException", self.make, name="nowhere", TimeZone="Mars/Olympus")
        self.refused("DuplicateResourceException", self.make, name="used")
        message = self.refused("InvalidRequestException", self.connect.delete_hours_of_operation, InstanceId=self.instance, HoursOfOperationId=used)
        self.assertIn("uses hours", message)

    def test_hours_are_listed_and_searched(self):
        made = [self.make(f"listed-{index}") for index in range(3)]
        listed = [one["Id"] for one in self.listed("list_hours_of_operations")]
        found = self.do("POST", "/search-hours-of-operations", {"InstanceId": self.instance, "SearchCriteria": starts_with("listed-")})

        self.assertEqual([one for one in listed if one in made], made)
        self.assertEqual([one["HoursOfOperationId"] for one in found["HoursOfOperations"]], made)

    def test_overrides(self):
        path = f"/hours-of-operations/{{instance}}/{self.make('overridden')}/overrides"
        override = self.do("PUT", path, HOLIDAY)["HoursOfOperationOverrideId"]
        self.not_done(409, "DuplicateResourceException", "PUT", path, HOLIDAY)
        self.not_done(400, "InvalidParameterException", "PUT", path, {**HOLIDAY, "Name": "backwards", "EffectiveTill": "2026-12-01"})
        self.do("POST", f"{path}/{override}", {"Description": "closed early"})
        got = self.do("GET", f"{path}/{override}")["HoursOfOperationOverride"]
        found = self.do("POST", "/search-hours-of-operation-overrides", {"InstanceId": self.instance, "SearchCriteria": {
            "DateCondition": {"FieldName": "EffectiveFrom", "Value": "2026-12-01", "ComparisonType": "GREATER_THAN"}}})["HoursOfOperationOverrides"]
        self.restart("kill")
        listed = self.do("GET", path)["HoursOfOperationOverrideList"]
        self.do("DELETE", f"{path}/{override}")

        self.assertEqual((got["Name"], got["Description"], got["Config"]), ("holiday", "closed early", HOLIDAY["Config"]))
        self.assertEqual([one["HoursOfOperationOverrideId"] for one in found], [override])
        self.assertEqual([one["HoursOfOperationOverrideId"] for one in listed], [override])
        self.not_done(404, "ResourceNotFoundException", "GET", f"{path}/{override}")


class PromptsTest(ConnectTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.client("s3").create_bucket(Bucket="audio")
        cls.cloud.client("s3").put_object(Bucket="audio", Key="a b.wav", Body=b"RIFF....WAVE")

    def test_a_prompt_is_made_heard_changed_and_deleted(self):
        made = self.do("PUT", "/prompts/{instance}", {"Name": "life", "S3Uri": "s3://audio/a b.wav", "Tags": {"a": "1"}})
        path = f"/prompts/{{instance}}/{made['PromptId']}"
        url = self.do("GET", path + "/file")["PromptPresignedUrl"]
        with urllib.request.urlopen(url, timeout=20) as response:
            audio = response.read()
        self.do("POST", path, {"Name": "life-2", "Description": "words"})
        got = self.do("GET", path)["Prompt"]
        listed = [one["Name"] for one in self.listed("list_prompts")]
        found = self.do("POST", "/search-prompts", {"InstanceId": self.instance, "SearchCriteria": starts_with("life")})["Prompts"]
        self.do("DELETE", path)

        self.assertEqual(audio, b"RIFF....WAVE")
        self.assertEqual((got["Name"], got["Description"], got["PromptARN"], got["Tags"]), ("life-2", "words", made["PromptARN"], {"a": "1"}))
        self.assertIn("life-2", listed)
        self.assertEqual([one["PromptId"] for one in found], [made["PromptId"]])
        self.not_done(404, "ResourceNotFoundException", "GET", path)

    def test_errors(self):
        self.not_done(400, "InvalidParameterException", "PUT", "/prompts/{instance}", {"Name": "gone", "S3Uri": "s3://audio/none.wav"})
        self.not_done(400, "InvalidParameterException", "PUT", "/prompts/{instance}", {"Name": "typed", "S3Uri": "s3://audio/a.mp3"})
        beep = self.id_of("list_prompts", "Beep.wav")
        self.not_done(404, "ResourceNotFoundException", "GET", f"/prompts/{{instance}}/{beep}/file")

    def test_prompts_survive_kill_9(self):
        made = self.do("PUT", "/prompts/{instance}", {"Name": "kept", "S3Uri": "s3://audio/a b.wav"})

        self.restart("kill")

        with urllib.request.urlopen(self.do("GET", f"/prompts/{{instance}}/{made['PromptId']}/file")["PromptPresignedUrl"], timeout=20) as response:
            self.assertEqual(response.read(), b"RIFF....WAVE")
