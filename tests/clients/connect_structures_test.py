"""Hierarchies, views, rules, task templates, test cases and traffic distribution groups of a contact center."""
import json

from connect_center import ConnectTest
from clients import until

TEMPLATE = json.dumps({"Head": {"Title": "Order"}, "Body": [{"_id": "a", "Type": "Form", "Props": {"Heading": "$.Name"}, "Content": []}]})
TEST = json.dumps({"Version": "2019-10-30", "Observations": [
    {"Identifier": "start", "Event": {"Type": "TestInitiated", "Actor": "System", "Properties": {}}, "Actions": [], "Transitions": {}}]})


class HierarchiesTest(ConnectTest):
    def test_levels_groups_and_users(self):
        levels = {"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Team"}}
        self.connect.update_user_hierarchy_structure(InstanceId=self.instance, HierarchyStructure=levels)
        berlin = self.connect.create_user_hierarchy_group(InstanceId=self.instance, Name="Berlin", Tags={"a": "1"})["HierarchyGroupId"]
        sales = self.connect.create_user_hierarchy_group(InstanceId=self.instance, Name="Sales", ParentGroupId=berlin)["HierarchyGroupId"]
        user = self.connect.create_user(InstanceId=self.instance, Username="jane", Password="Passw0rd!", PhoneConfig={"PhoneType": "SOFT_PHONE"},
                                        SecurityProfileIds=[self.id_of("list_security_profiles", "Agent")], HierarchyGroupId=sales,
                                        RoutingProfileId=self.id_of("list_routing_profiles", "Basic Routing Profile"))["UserId"]
        self.connect.update_user_hierarchy_group_name(InstanceId=self.instance, HierarchyGroupId=berlin, Name="Potsdam")
        self.restart("kill")
        got = self.connect.describe_user_hierarchy_group(InstanceId=self.instance, HierarchyGroupId=sales)["HierarchyGroup"]
        below = {"HierarchyGroupCondition": {"Value": berlin, "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}}
        found = self.connect.search_users(InstanceId=self.instance, SearchCriteria=below)["Users"]

        self.assertEqual((got["LevelId"], got["HierarchyPath"]["LevelOne"]["Name"]), ("2", "Potsdam"))
        self.assertEqual([one["Id"] for one in self.listed("list_user_hierarchy_groups")], [berlin, sales])
        self.assertEqual([one["Id"] for one in found], [user])
        self.refused("ResourceInUseException", self.connect.delete_user_hierarchy_group, InstanceId=self.instance, HierarchyGroupId=sales)
        self.connect.update_user_hierarchy(InstanceId=self.instance, UserId=user)
        self.connect.delete_user_hierarchy_group(InstanceId=self.instance, HierarchyGroupId=sales)
        self.refused("ResourceNotFoundException", self.connect.describe_user_hierarchy_group, InstanceId=self.instance, HierarchyGroupId=sales)
        structure = self.connect.describe_user_hierarchy_structure(InstanceId=self.instance)["HierarchyStructure"]
        self.assertEqual({level: {"Name": structure[level]["Name"]} for level in structure}, levels)

    def test_proficiencies_are_younger_than_boto3(self):
        self.do("PUT", "/predefined-attributes/{instance}", {"Name": "language", "Values": {"StringList": ["en"]}})
        user = self.connect.create_user(InstanceId=self.instance, Username="joe", Password="Passw0rd!", PhoneConfig={"PhoneType": "SOFT_PHONE"},
                                        SecurityProfileIds=[self.id_of("list_security_profiles", "Agent")],
                                        RoutingProfileId=self.id_of("list_routing_profiles", "Basic Routing Profile"))["UserId"]
        skill = {"AttributeName": "language", "AttributeValue": "en", "Level": 4}
        self.do("POST", f"/users/{{instance}}/{user}/associate-proficiencies", {"UserProficiencies": [skill]})

        self.assertEqual(self.do("GET", f"/users/{{instance}}/{user}/proficiencies")["UserProficiencyList"], [skill])


class ViewsTest(ConnectTest):
    def test_a_view_is_made_versioned_changed_and_deleted(self):
        content = {"Template": TEMPLATE, "Actions": ["Next"]}
        made = self.do("PUT", "/views/{instance}", {"Name": "Order", "Status": "PUBLISHED", "Content": content})["View"]
        view = f"/views/{{instance}}/{made['Id']}"
        version = self.do("PUT", view + "/versions", {"ViewContentSha256": made["ViewContentSha256"]})["View"]
        self.do("POST", view, {"Status": "SAVED", "Content": {"Template": "{}"}})
        self.do("POST", view + "/metadata", {"Name": "Basket"})
        self.restart("kill")
        got = self.do("GET", view)["View"]
        draft = self.do("GET", view + ":$SAVED")["View"]
        listed = self.do("GET", "/views/{instance}", type="CUSTOMER_MANAGED")["ViewsSummaryList"]

        self.assertEqual((got["Name"], got["Content"]["Template"], draft["Content"]["Template"]), ("Basket", TEMPLATE, "{}"))
        self.assertEqual((version["Version"], version["Arn"]), (1, made["Arn"] + ":1"))
        self.assertEqual([one["Name"] for one in listed], ["Basket"])
        self.assertEqual(len(self.do("GET", "/views/{instance}", type="AWS_MANAGED")["ViewsSummaryList"]), 5)
        self.do("DELETE", view + "/versions/1")
        self.do("DELETE", view)
        self.not_done(404, "ResourceNotFoundException", "GET", view)
        self.not_done(400, "InvalidParameterException", "PUT", "/views/{instance}", {"Name": "x", "Status": "PUBLISHED", "Content": {"Template": "["}})


class RulesTest(ConnectTest):
    def test_a_rule_is_made_changed_and_deleted(self):
        action = {"ActionType": "CREATE_TASK", "TaskAction": {"Name": "call back", "ContactFlowId": self.flow_id("Sample disconnect flow")}}
        words = {"Function": '{"Version":"2022-11-25"}', "Actions": [action]}
        source = {"EventSourceName": "OnRealTimeCallAnalysisAvailable"}
        made = self.connect.create_rule(InstanceId=self.instance, Name="life", TriggerEventSource=source, PublishStatus="DRAFT", **words)["RuleId"]
        self.connect.update_rule(InstanceId=self.instance, RuleId=made, Name="life-2", PublishStatus="PUBLISHED", **words)
        self.restart("kill")
        got = self.connect.describe_rule(InstanceId=self.instance, RuleId=made)["Rule"]

        self.assertEqual((got["Name"], got["Function"], got["Actions"]), ("life-2", words["Function"], [action]))
        self.assertEqual([one["RuleId"] for one in self.listed("list_rules", PublishStatus="PUBLISHED")], [made])
        self.refused("ResourceConflictException", self.connect.create_rule, InstanceId=self.instance, Name="life-2", TriggerEventSource=source,
                     PublishStatus="DRAFT", **words)
        self.connect.delete_rule(InstanceId=self.instance, RuleId=made)
        self.refused("ResourceNotFoundException", self.connect.describe_rule, InstanceId=self.instance, RuleId=made)

    def test_a_task_template_is_made_changed_and_deleted(self):
        subject = {"Id": {"Name": "Subject"}}
        fields = [{**subject, "Type": "NAME"}]
        flow = self.flow_id("Sample disconnect flow")
        made = self.connect.create_task_template(InstanceId=self.instance, Name="life", ContactFlowId=flow, Fields=fields,
                                                 Constraints={"RequiredFields": [subject]})["Id"]
        self.connect.update_task_template(InstanceId=self.instance, TaskTemplateId=made, Status="INACTIVE")
        self.restart("stop")
        got = self.connect.get_task_template(InstanceId=self.instance, TaskTemplateId=made)

        self.assertEqual((got["Name"], got["Status"], got["Fields"]), ("life", "INACTIVE", fields))
        self.assertEqual([one["Id"] for one in self.listed("list_task_templates")], [made])
        self.refused("PropertyValidationException", self.connect.create_task_template, InstanceId=self.instance, Name="x", ContactFlowId=flow, Fields=[])
        self.connect.delete_task_template(InstanceId=self.instance, TaskTemplateId=made)
        self.refused("ResourceNotFoundException", self.connect.get_task_template, InstanceId=self.instance, TaskTemplateId=made)

    def test_a_test_case_is_made_changed_and_deleted(self):
        made = self.do("PUT", "/test-cases/{instance}", {"Name": "life", "Content": TEST})["TestCaseId"]
        which = f"/test-cases/{{instance}}/{made}"
        self.do("POST", which, {"Description": "words"})
        self.restart("kill")
        got = self.do("GET", which)["TestCase"]
        listed = self.do("GET", "/test-cases-summary/{instance}")["TestCaseSummaryList"]

        self.assertEqual((got["Content"], got["Description"], got["Status"]), (TEST, "words", "PUBLISHED"))
        self.assertEqual([one["Id"] for one in listed], [made])
        self.not_done(400, "InvalidTestCaseException", "PUT", "/test-cases/{instance}", {"Name": "x", "Content": "{}"})
        self.do("DELETE", which)
        self.not_done(404, "ResourceNotFoundException", "GET", which)


class TrafficTest(ConnectTest):
    def test_a_replica_and_a_group(self):
        made = self.connect.create_instance(IdentityManagementType="SAML", InstanceAlias="clients-global", InboundCallsEnabled=True,
                                            OutboundCallsEnabled=True)["Id"]
        until(lambda: self.connect.describe_instance(InstanceId=made)["Instance"]["InstanceStatus"], "ACTIVE")
        here, other = "us-east-1", "us-west-2"
        self.connect.replicate_instance(InstanceId=made, ReplicaRegion=other, ReplicaAlias="clients-replica")
        there = self.cloud.client("connect", region=other)
        until(lambda: there.describe_instance(InstanceId=made)["Instance"]["InstanceStatus"], "ACTIVE")
        group = self.connect.create_traffic_distribution_group(InstanceId=made, Name="sales")["Arn"]

        def status():
            return self.connect.describe_traffic_distribution_group(TrafficDistributionGroupId=group)["TrafficDistributionGroup"]["Status"]
        until(status, "ACTIVE")
        shares = {"Distributions": [{"Region": here, "Percentage": 30}, {"Region": other, "Percentage": 70}]}
        self.connect.update_traffic_distribution(Id=group, TelephonyConfig=shares)
        until(status, "ACTIVE")

        self.assertEqual(there.get_traffic_distribution(Id=group)["TelephonyConfig"], shares)
        self.assertEqual(len(self.connect.list_traffic_distribution_groups(InstanceId=made)["TrafficDistributionGroupSummaryList"]), 2)
        self.refused("InvalidRequestException", self.connect.delete_instance, InstanceId=made)
        self.connect.delete_traffic_distribution_group(TrafficDistributionGroupId=group)
        until(lambda: len(self.connect.list_traffic_distribution_groups(InstanceId=made)["TrafficDistributionGroupSummaryList"]), 1)
        there.delete_instance(InstanceId=made)
        self.connect.delete_instance(InstanceId=made)
