"""Parameter Store through boto3 and the AWS CLI: versions, labels, paths, secrets, tags; errors; a restart."""
from clients import ClientTest


class ParametersTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.ssm = self.cloud.client("ssm")

    def put(self, name, value="1", kind="String", **more):
        return self.ssm.put_parameter(Name=name, Value=value, Type=kind, **more)

    def value(self, name, **more):
        return self.ssm.get_parameter(Name=name, **more)["Parameter"]["Value"]

    def test_a_parameter_comes_back_with_its_arn_and_version(self):
        made = self.put("/round/trip", "ü\n{}", Description="words", Tags=[{"Key": "team", "Value": "blue"}])
        got = self.ssm.get_parameter(Name="/round/trip")["Parameter"]

        self.assertEqual((made["Version"], made["Tier"]), (1, "Standard"))
        self.assertEqual((got["Value"], got["Type"], got["Version"], got["DataType"]), ("ü\n{}", "String", 1, "text"))
        self.assertEqual(got["ARN"], "arn:aws:ssm:us-east-1:123456789012:parameter/round/trip")
        self.assertIn("LastModifiedDate", got)

    def test_a_taken_name_needs_overwrite(self):
        self.put("/taken", "1")

        self.refused("ParameterAlreadyExists", self.put, name="/taken", value="2")
        self.assertEqual(self.put("/taken", "2", Overwrite=True)["Version"], 2)
        self.assertEqual((self.value("/taken"), self.value("/taken:1")), ("2", "1"))

    def test_a_secure_string_is_shown_on_request_only(self):
        self.put("/secret", "pass word", "SecureString")

        self.assertEqual(self.value("/secret", WithDecryption=True), "pass word")
        self.assertNotIn("pass word", self.value("/secret"))

    def test_several_at_once_and_those_that_are_not_there(self):
        self.put("/several/a", "1")
        self.put("/several/b", "2,3", "StringList")

        got = self.ssm.get_parameters(Names=["/several/b", "/several/a", "/several/none"])
        gone = self.ssm.delete_parameters(Names=["/several/a", "/several/none"])

        self.assertEqual({one["Name"]: one["Value"] for one in got["Parameters"]}, {"/several/a": "1", "/several/b": "2,3"})
        self.assertEqual(got["InvalidParameters"], ["/several/none"])
        self.assertEqual((gone["DeletedParameters"], gone["InvalidParameters"]), (["/several/a"], ["/several/none"]))

    def test_a_path_in_pages(self):
        for index in range(5):
            self.put(f"/path/{index}", str(index))
        self.put("/path/deep/er", "deep")
        paginator = self.ssm.get_paginator("get_parameters_by_path")

        flat = paginator.paginate(Path="/path", PaginationConfig={"PageSize": 2}).build_full_result()["Parameters"]
        deep = paginator.paginate(Path="/path/", Recursive=True).build_full_result()["Parameters"]

        self.assertEqual(sorted(one["Value"] for one in flat), ["0", "1", "2", "3", "4"])
        self.assertIn("deep", [one["Value"] for one in deep])

    def test_history_and_labels(self):
        for value in ("1", "2", "3"):
            self.put("/history", value, Overwrite=True)
        self.ssm.label_parameter_version(Name="/history", ParameterVersion=2, Labels=["live"])
        labelled = self.value("/history:live")
        self.ssm.label_parameter_version(Name="/history", ParameterVersion=3, Labels=["live"])

        history = self.ssm.get_paginator("get_parameter_history").paginate(
            Name="/history", PaginationConfig={"PageSize": 2}).build_full_result()["Parameters"]
        self.ssm.unlabel_parameter_version(Name="/history", ParameterVersion=3, Labels=["live"])

        self.assertEqual(labelled, "2")
        self.assertEqual([(one["Value"], one["Labels"]) for one in history], [("1", []), ("2", []), ("3", ["live"])])
        self.refused("ParameterVersionNotFound", self.ssm.get_parameter, Name="/history:live")

    def test_what_there_is_is_described(self):
        for index in range(3):
            self.put(f"/described/{index}", Description=f"number {index}")
        filters = [{"Key": "Name", "Option": "BeginsWith", "Values": ["/described/"]}]

        found = self.ssm.get_paginator("describe_parameters").paginate(
            ParameterFilters=filters, PaginationConfig={"PageSize": 2}).build_full_result()["Parameters"]

        self.assertEqual(sorted(one["Description"] for one in found), ["number 0", "number 1", "number 2"])
        self.assertNotIn("Value", found[0])

    def test_tags(self):
        self.put("/tagged", Tags=[{"Key": "a", "Value": "1"}])
        which = {"ResourceType": "Parameter", "ResourceId": "/tagged"}
        self.ssm.add_tags_to_resource(**which, Tags=[{"Key": "b", "Value": "2"}])
        self.ssm.remove_tags_from_resource(**which, TagKeys=["a"])

        self.assertEqual(self.ssm.list_tags_for_resource(**which)["TagList"], [{"Key": "b", "Value": "2"}])

    def test_errors(self):
        self.refused("ParameterNotFound", self.ssm.get_parameter, Name="/none")
        self.refused("ParameterNotFound", self.ssm.delete_parameter, Name="/none")
        self.refused("ValidationException", self.put, name="aws-reserved/x")
        self.refused("InvalidResourceId", self.ssm.list_tags_for_resource, ResourceType="Parameter", ResourceId="/none")
        self.put("/typed")
        self.refused("HierarchyTypeMismatchException", self.put, name="/typed", kind="StringList", Overwrite=True)

    def test_the_cli_reads_what_it_writes(self):
        self.cloud.aws("ssm", "put-parameter", "--name", "/cli", "--type", "String", "--value", "v")
        self.cloud.aws("ssm", "put-parameter", "--name", "/cli", "--value", "w", "--overwrite")
        value = self.cloud.aws("ssm", "get-parameter", "--name", "/cli")["Parameter"]
        self.cloud.aws("ssm", "delete-parameter", "--name", "/cli")

        self.assertEqual((value["Value"], value["Type"], value["Version"]), ("w", "String", 2))
        self.assertIn("ParameterNotFound", self.cloud.aws("ssm", "get-parameter", "--name", "/cli", check=False).stderr)

    def test_parameters_survive_stop_and_kill_9(self):
        self.put("/kept", "1", "SecureString", Tags=[{"Key": "a", "Value": "1"}])
        self.put("/kept", "2", "SecureString", Overwrite=True)
        for how in ("stop", "kill"):
            self.cloud.restart(how)
            self.ssm = self.cloud.client("ssm")

            self.assertEqual(self.value("/kept", WithDecryption=True), "2")
            self.assertEqual(self.value("/kept:1", WithDecryption=True), "1")
            tags = self.ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/kept")["TagList"]
            self.assertEqual(tags, [{"Key": "a", "Value": "1"}])
