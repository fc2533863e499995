"""Who works in a contact center: users, routing profiles, security profiles, agent statuses, quick connects, predefined attributes."""
from connect_center import ConnectTest

VOICE = [{"Channel": "VOICE", "Concurrency": 1}]


class UsersTest(ConnectTest):
    def make(self, name, **more):
        return self.connect.create_user(**{
            "InstanceId": self.instance, "Username": name, "Password": "Passw0rd!", "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": True},
            "IdentityInfo": {"FirstName": "Ada", "LastName": name}, "SecurityProfileIds": [self.id_of("list_security_profiles", "Agent")],
            "RoutingProfileId": self.id_of("list_routing_profiles", "Basic Routing Profile"), **more})["UserId"]

    def user(self, user_id):
        return self.connect.describe_user(InstanceId=self.instance, UserId=user_id)["User"]

    def test_a_user_is_made_changed_and_deleted(self):
        user = self.make("life", Tags={"a": "1"})
        which = {"InstanceId": self.instance, "UserId": user}
        made = self.user(user)
        admin = self.id_of("list_security_profiles", "Admin")
        profile = self.connect.create_routing_profile(InstanceId=self.instance, Name="for life", Description="x", DefaultOutboundQueueId=self.queue_id(),
                                                      MediaConcurrencies=VOICE)["RoutingProfileId"]
        self.connect.update_user_identity_info(**which, IdentityInfo={"FirstName": "Grace", "LastName": "H"})
        self.connect.update_user_phone_config(**which, PhoneConfig={"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15550000001"})
        self.connect.update_user_security_profiles(**which, SecurityProfileIds=[admin])
        self.connect.update_user_routing_profile(**which, RoutingProfileId=profile)
        self.restart("kill")
        changed = self.user(user)
        self.connect.delete_user(**which)

        self.assertEqual((made["Username"], made["IdentityInfo"]["FirstName"], made["Tags"]), ("life", "Ada", {"a": "1"}))
        self.assertNotIn("Password", made)
        self.assertEqual((changed["IdentityInfo"]["FirstName"], changed["PhoneConfig"]["PhoneType"]), ("Grace", "DESK_PHONE"))
        self.assertEqual((changed["SecurityProfileIds"], changed["RoutingProfileId"]), ([admin], profile))
        self.refused("ResourceNotFoundException", self.user, user_id=user)

    def test_errors(self):
        self.make("taken")

        self.refused("DuplicateResourceException", self.make, name="taken")
        self.refused("InvalidParameterException", self.make, name="weak", Password="password")
        self.refused("ResourceNotFoundException", self.make, name="lost", RoutingProfileId="none")
        self.refused("ResourceNotFoundException", self.make, name="lost", SecurityProfileIds=["none"])

    def test_users_are_listed_and_searched(self):
        made = [self.make(f"listed{index}") for index in range(3)]
        listed = {one["Id"]: one["Username"] for one in self.listed("list_users")}
        found = self.connect.get_paginator("search_users").paginate(InstanceId=self.instance, PaginationConfig={"PageSize": 1}, SearchCriteria={
            "StringCondition": {"FieldName": "Username", "Value": "listed", "ComparisonType": "STARTS_WITH"}}).search("Users[]")

        self.assertEqual([listed[one] for one in made], ["listed0", "listed1", "listed2"])
        self.assertEqual([one["Id"] for one in found], made)

    def test_settings_of_a_user_that_are_younger_than_boto3(self):
        user = self.make("settings")
        self.do("POST", f"/users/{{instance}}/{user}/config", {"AutoAcceptConfigs": [{"Channel": "CHAT", "AutoAccept": True}]})

        got = self.do("GET", f"/users/{{instance}}/{user}")["User"]

        self.assertEqual(got["AutoAcceptConfigs"], [{"Channel": "CHAT", "AutoAccept": True}])


class ProfilesTest(ConnectTest):
    def routing(self, name, **more):
        return self.connect.create_routing_profile(**{"InstanceId": self.instance, "Name": name, "Description": "words", "MediaConcurrencies": VOICE,
                                                      "DefaultOutboundQueueId": self.queue_id(), **more})["RoutingProfileId"]

    def test_a_routing_profile_is_made_changed_and_deleted(self):
        profile = self.routing("life")
        which = {"InstanceId": self.instance, "RoutingProfileId": profile}
        queue = self.connect.create_queue(InstanceId=self.instance, Name="routed", HoursOfOperationId=self.hours_id())["QueueId"]
        reference = {"QueueId": queue, "Channel": "VOICE"}
        chat = VOICE + [{"Channel": "CHAT", "Concurrency": 3}]
        self.connect.update_routing_profile_name(**which, Name="life-2")
        self.connect.update_routing_profile_concurrency(**which, MediaConcurrencies=chat)
        self.connect.update_routing_profile_default_outbound_queue(**which, DefaultOutboundQueueId=queue)
        self.connect.associate_routing_profile_queues(**which, QueueConfigs=[{"QueueReference": reference, "Priority": 1, "Delay": 0}])
        self.connect.update_routing_profile_queues(**which, QueueConfigs=[{"QueueReference": reference, "Priority": 2, "Delay": 30}])
        self.do("POST", f"/routing-profiles/{{instance}}/{profile}/agent-availability-timer", {"AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND"})
        self.restart("kill")
        queues = self.listed("list_routing_profile_queues", RoutingProfileId=profile)
        got = self.connect.describe_routing_profile(**which)["RoutingProfile"]
        self.connect.disassociate_routing_profile_queues(**which, QueueReferences=[reference])

        self.assertEqual([(one["QueueId"], one["Priority"], one["Delay"]) for one in queues], [(queue, 2, 30)])
        self.assertEqual((got["Name"], got["DefaultOutboundQueueId"], got["MediaConcurrencies"]), ("life-2", queue, chat))
        self.assertEqual((got["NumberOfAssociatedQueues"], self.listed("list_routing_profile_queues", RoutingProfileId=profile)), (1, []))
        self.do("DELETE", f"/routing-profiles/{{instance}}/{profile}")
        self.refused("ResourceNotFoundException", self.connect.describe_routing_profile, **which)

    def test_routing_profiles_are_listed_searched_and_refused(self):
        made = [self.routing(f"listed-{index}") for index in range(3)]
        found = self.connect.search_routing_profiles(InstanceId=self.instance, SearchCriteria={
            "StringCondition": {"FieldName": "name", "Value": "listed-", "ComparisonType": "STARTS_WITH"}})["RoutingProfiles"]

        self.assertEqual([one["Id"] for one in self.listed("list_routing_profiles") if one["Id"] in made], made)
        self.assertEqual([one["RoutingProfileId"] for one in found], made)
        self.refused("InvalidParameterException", self.routing, name="two calls", MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 2}])
        self.refused("DuplicateResourceException", self.routing, name="listed-0")
        self.refused("ResourceNotFoundException", self.routing, name="no queue", DefaultOutboundQueueId="none")

    def test_a_security_profile_is_made_changed_and_deleted(self):
        made = self.connect.create_security_profile(InstanceId=self.instance, SecurityProfileName="Life", Permissions=["BasicAgentAccess"],
                                                    Tags={"a": "1"})["SecurityProfileId"]
        which = {"InstanceId": self.instance, "SecurityProfileId": made}
        self.connect.update_security_profile(**which, Description="words", Permissions=["BasicAgentAccess", "OutboundCallAccess"])
        self.restart("stop")
        got = self.connect.describe_security_profile(**which)["SecurityProfile"]
        permissions = self.listed("list_security_profile_permissions", SecurityProfileId=made)
        found = self.connect.search_security_profiles(InstanceId=self.instance, SearchCriteria={
            "StringCondition": {"FieldName": "name", "Value": "Life", "ComparisonType": "EXACT"}})["SecurityProfiles"]
        self.connect.delete_security_profile(**which)

        self.assertEqual((got["SecurityProfileName"], got["Description"], got["Tags"]), ("Life", "words", {"a": "1"}))
        self.assertEqual(permissions, ["BasicAgentAccess", "OutboundCallAccess"])
        self.assertEqual([one["Id"] for one in found], [made])
        self.refused("ResourceNotFoundException", self.connect.describe_security_profile, **which)
        self.refused("DuplicateResourceException", self.connect.create_security_profile, InstanceId=self.instance, SecurityProfileName="Admin")


class DestinationsTest(ConnectTest):
    def test_an_agent_status_is_made_and_changed(self):
        made = self.connect.create_agent_status(InstanceId=self.instance, Name="Lunch", State="ENABLED", DisplayOrder=4)["AgentStatusId"]
        self.connect.update_agent_status(InstanceId=self.instance, AgentStatusId=made, Name="Break", State="DISABLED")
        self.restart("kill")
        got = self.connect.describe_agent_status(InstanceId=self.instance, AgentStatusId=made)["AgentStatus"]
        listed = self.listed("list_agent_statuses", AgentStatusTypes=["CUSTOM"])
        found = self.do("POST", "/search-agent-statuses", {"InstanceId": self.instance, "SearchCriteria": {
            "StringCondition": {"FieldName": "name", "Value": "Break", "ComparisonType": "EXACT"}}})["AgentStatuses"]

        self.assertEqual((got["Name"], got["State"], got["Type"], got["DisplayOrder"]), ("Break", "DISABLED", "CUSTOM", 4))
        self.assertEqual(([one["Name"] for one in listed], [one["AgentStatusId"] for one in found]), (["Break"], [made]))
        self.refused("DuplicateResourceException", self.connect.create_agent_status, InstanceId=self.instance, Name="Available", State="ENABLED")
        self.refused("ResourceNotFoundException", self.connect.describe_agent_status, InstanceId=self.instance, AgentStatusId="none")

    def test_a_quick_connect_is_made_changed_and_deleted(self):
        phone = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+15550000009"}}
        made = self.connect.create_quick_connect(InstanceId=self.instance, Name="life", QuickConnectConfig=phone)["QuickConnectId"]
        which = {"InstanceId": self.instance, "QuickConnectId": made}
        transfer = self.flow_id("Default queue transfer")
        queue = {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": self.queue_id(), "ContactFlowId": transfer}}
        self.connect.update_quick_connect_name(**which, Name="life-2", Description="words")
        self.connect.update_quick_connect_config(**which, QuickConnectConfig=queue)
        self.restart("kill")
        got = self.connect.describe_quick_connect(**which)["QuickConnect"]
        listed = self.listed("list_quick_connects", QuickConnectTypes=["QUEUE"])
        found = self.do("POST", "/search-quick-connects", {"InstanceId": self.instance})["QuickConnects"]
        self.connect.delete_quick_connect(**which)

        self.assertEqual((got["Name"], got["Description"], got["QuickConnectConfig"]), ("life-2", "words", queue))
        self.assertEqual(([one["Id"] for one in listed], [one["QuickConnectId"] for one in found]), ([made], [made]))
        self.refused("ResourceNotFoundException", self.connect.describe_quick_connect, **which)
        self.refused("InvalidParameterException", self.connect.create_quick_connect, InstanceId=self.instance, Name="mixed",
                     QuickConnectConfig={"QuickConnectType": "QUEUE", "PhoneConfig": {"PhoneNumber": "+15550000009"}})

    def test_predefined_attributes(self):
        self.do("PUT", "/predefined-attributes/{instance}", {"Name": "language", "Values": {"StringList": ["en", "de"]}})
        self.not_done(409, "DuplicateResourceException", "PUT", "/predefined-attributes/{instance}", {"Name": "language", "Values": {"StringList": ["x"]}})
        self.do("POST", "/predefined-attributes/{instance}/language", {"Values": {"StringList": ["en", "fr"]}})
        self.restart("kill")
        got = self.do("GET", "/predefined-attributes/{instance}/language")["PredefinedAttribute"]
        listed = self.do("GET", "/predefined-attributes/{instance}")["PredefinedAttributeSummaryList"]
        found = self.do("POST", "/search-predefined-attributes", {"InstanceId": self.instance, "SearchCriteria": {
            "StringCondition": {"FieldName": "name", "Value": "lang", "ComparisonType": "STARTS_WITH"}}})["PredefinedAttributes"]
        self.do("DELETE", "/predefined-attributes/{instance}/language")

        self.assertEqual(got["Values"], {"StringList": ["en", "fr"]})
        self.assertIn("language", [one["Name"] for one in listed])
        self.assertEqual([one["Name"] for one in found], ["language"])
        self.not_done(404, "ResourceNotFoundException", "GET", "/predefined-attributes/{instance}/language")
