"""Functions as resources, through boto3: their life, code from S3, versions, aliases, permissions, tags, concurrency; a restart."""
import base64
import hashlib
import json
import urllib.request

from clients import SOON
from functions import PYTHON, FunctionTest, packed

ECHO = "def handler(event, context):\n    return [%r, context.function_version]\n"


def saying(word):
    return packed(app__py=ECHO % word)


class FunctionsTest(FunctionTest):
    def test_a_function_comes_back_as_it_was_created(self):
        code = saying("one")
        made = self.create("life", code, Description="words", Timeout=5, MemorySize=256, Environment={"Variables": {"COLOUR": "blü"}}, Tags={"t": "1"})
        got = self.lambda_.get_function(FunctionName="life")
        configuration = got["Configuration"]

        self.assertEqual((made["State"], made["StateReasonCode"]), ("Pending", "Creating"))
        self.assertEqual((configuration["State"], configuration["LastUpdateStatus"]), ("Active", "Successful"))
        self.assertEqual(configuration["CodeSha256"], base64.b64encode(hashlib.sha256(code).digest()).decode())
        self.assertEqual(configuration["CodeSize"], len(code))
        self.assertEqual((configuration["Description"], configuration["Timeout"], configuration["MemorySize"]), ("words", 5, 256))
        self.assertEqual(configuration["Environment"], {"Variables": {"COLOUR": "blü"}})
        self.assertEqual(got["Tags"], {"t": "1"})
        with urllib.request.urlopen(got["Code"]["Location"], timeout=20) as response:
            self.assertEqual(response.read(), code)

    def test_code_may_come_from_s3(self):
        s3 = self.cloud.client("s3")
        s3.create_bucket(Bucket="code")
        s3.put_object(Bucket="code", Key="a/b.zip", Body=saying("from s3"))
        self.lambda_.create_function(FunctionName="from-s3", Role=self.role, Code={"S3Bucket": "code", "S3Key": "a/b.zip"}, **PYTHON)
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName="from-s3", WaiterConfig=SOON)

        self.assertEqual(self.answer("from-s3")[0], "from s3")
        message = self.refused("InvalidParameterValueException", self.lambda_.update_function_code,
                               FunctionName="from-s3", S3Bucket="code", S3Key="none.zip")
        self.assertIn("NoSuchKey", message)

    def test_new_code_runs_after_an_update(self):
        self.create("updated", saying("old"))
        self.assertEqual(self.answer("updated")[0], "old")
        answer = self.lambda_.update_function_code(FunctionName="updated", ZipFile=saying("new"))
        self.lambda_.get_waiter("function_updated_v2").wait(FunctionName="updated", WaiterConfig=SOON)

        self.assertEqual(answer["LastUpdateStatus"], "InProgress")
        self.assertEqual(self.answer("updated")[0], "new")

    def test_a_new_configuration_holds_after_an_update(self):
        self.create("configured", packed(app__py="import os\ndef handler(event, context):\n    return os.environ.get('COLOUR')\n"))
        before = self.answer("configured")
        changed = self.lambda_.update_function_configuration(FunctionName="configured", Environment={"Variables": {"COLOUR": "red"}}, Timeout=7)
        self.lambda_.get_waiter("function_updated").wait(FunctionName="configured", WaiterConfig=SOON)

        self.assertEqual((before, self.answer("configured")), (None, "red"))
        self.assertEqual(self.lambda_.get_function_configuration(FunctionName="configured")["Timeout"], 7)
        self.refused("PreconditionFailedException", self.lambda_.update_function_code, FunctionName="configured",
                     ZipFile=saying("x"), RevisionId="00000000-0000-0000-0000-000000000000")
        self.assertNotEqual(changed["RevisionId"], "")

    def test_functions_are_listed_in_pages_and_deleted(self):
        for index in range(3):
            self.create(f"listed-{index}", saying("x"))
        pages = self.lambda_.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2})
        names = [one["FunctionName"] for page in pages for one in page["Functions"]]
        for index in range(3):
            self.lambda_.delete_function(FunctionName=f"listed-{index}")

        self.assertEqual([name for name in names if name.startswith("listed-")], ["listed-0", "listed-1", "listed-2"])
        self.assertEqual(len(names), len(set(names)))
        self.refused("ResourceNotFoundException", self.lambda_.get_function, FunctionName="listed-0")

    def test_names_may_be_partial_or_whole_arns(self):
        self.create("named", saying("x"))

        for name in ("named", "123456789012:function:named", "arn:aws:lambda:us-east-1:123456789012:function:named"):
            self.assertEqual(self.lambda_.get_function_configuration(FunctionName=name)["FunctionName"], "named")
        self.refused("ResourceNotFoundException", self.lambda_.get_function, FunctionName="arn:aws:lambda:us-east-1:999999999999:function:named")

    def test_errors(self):
        self.create("taken", saying("x"))
        create = self.lambda_.create_function
        good = {"FunctionName": "wrong", "Role": self.role, "Code": {"ZipFile": saying("x")}, **PYTHON}

        self.refused("ResourceConflictException", create, **{**good, "FunctionName": "taken"})
        self.refused("InvalidParameterValueException", create, **{**good, "Role": self.role + "-none"})
        self.refused("InvalidParameterValueException", create, **{**good, "Code": {"ZipFile": b"no zip"}})
        self.refused("InvalidParameterValueException", create, **{**good, "Environment": {"Variables": {"AWS_REGION": "x"}}})
        self.assertIn("java11", self.refused("InvalidParameterValueException", create, **{**good, "Runtime": "java11"}))
        self.refused("ResourceNotFoundException", self.lambda_.delete_function, FunctionName="wrong")

    def test_tags_and_concurrency(self):
        arn = self.create("tagged", saying("x"), Tags={"a": "1"})["FunctionArn"]
        self.lambda_.tag_resource(Resource=arn, Tags={"b": "2"})
        self.lambda_.untag_resource(Resource=arn, TagKeys=["a"])
        self.lambda_.put_function_concurrency(FunctionName="tagged", ReservedConcurrentExecutions=0)
        reserved = self.lambda_.get_function_concurrency(FunctionName="tagged")["ReservedConcurrentExecutions"]
        refused = self.refusal(self.lambda_.invoke, FunctionName="tagged")
        self.lambda_.delete_function_concurrency(FunctionName="tagged")

        self.assertEqual(self.lambda_.list_tags(Resource=arn)["Tags"], {"b": "2"})
        self.assertEqual((reserved, refused["Error"]["Code"]), (0, "TooManyRequestsException"))
        self.assertEqual(self.answer("tagged")[0], "x")

    def test_what_clients_ask_beside(self):
        self.create("asked", saying("x"))

        self.assertNotIn("CodeSigningConfigArn", self.lambda_.get_function_code_signing_config(FunctionName="asked"))
        self.assertGreaterEqual(self.lambda_.get_account_settings()["AccountUsage"]["FunctionCount"], 1)

    def test_functions_survive_stop_and_kill_9_and_run(self):
        self.create("kept", saying("kept"), Tags={"a": "1"})
        self.lambda_.publish_version(FunctionName="kept")
        self.lambda_.create_alias(FunctionName="kept", Name="live", FunctionVersion="1")
        self.lambda_.add_permission(FunctionName="kept", StatementId="s", Action="lambda:InvokeFunction", Principal="connect.amazonaws.com")
        for how in ("stop", "kill"):
            self.restart(how)

            self.assertEqual(self.answer("kept"), ["kept", "$LATEST"])
            self.assertEqual(self.answer("kept:live"), ["kept", "1"])
            self.assertEqual(self.lambda_.get_function(FunctionName="kept")["Tags"], {"a": "1"})
            self.assertIn("connect.amazonaws.com", self.lambda_.get_policy(FunctionName="kept")["Policy"])


class VersionsTest(FunctionTest):
    def test_a_version_keeps_its_code(self):
        self.create("versioned", saying("one"))
        first = self.lambda_.publish_version(FunctionName="versioned", Description="first")
        same = self.lambda_.publish_version(FunctionName="versioned")
        self.lambda_.update_function_code(FunctionName="versioned", ZipFile=saying("two"), Publish=True)
        self.lambda_.get_waiter("function_updated_v2").wait(FunctionName="versioned", WaiterConfig=SOON)
        self.lambda_.get_waiter("published_version_active").wait(FunctionName="versioned", Qualifier="2", WaiterConfig=SOON)

        self.assertEqual((first["Version"], same["Version"], first["Description"]), ("1", "1", "first"))
        self.assertTrue(first["FunctionArn"].endswith(":versioned:1"))
        self.assertEqual(self.answer("versioned", Qualifier="1"), ["one", "1"])
        self.assertEqual(self.answer("versioned", Qualifier="2"), ["two", "2"])
        self.assertEqual(self.answer("versioned"), ["two", "$LATEST"])

    def test_created_with_publish_there_is_a_version_at_once(self):
        made = self.create("published", saying("x"), Publish=True)
        self.lambda_.get_waiter("published_version_active").wait(FunctionName="published", Qualifier="1", WaiterConfig=SOON)

        self.assertEqual(made["Version"], "1")
        self.assertEqual(self.answer("published", Qualifier="1"), ["x", "1"])

    def test_versions_are_listed_in_pages_and_deleted_one_by_one(self):
        self.create("many", saying("0"))
        for index in range(3):
            self.lambda_.update_function_code(FunctionName="many", ZipFile=saying(str(index)), Publish=True)
            self.lambda_.get_waiter("function_updated_v2").wait(FunctionName="many", WaiterConfig=SOON)
        paginator = self.lambda_.get_paginator("list_versions_by_function")
        listed = [one["Version"] for page in paginator.paginate(FunctionName="many", PaginationConfig={"PageSize": 2}) for one in page["Versions"]]
        self.lambda_.delete_function(FunctionName="many", Qualifier="2")

        self.assertEqual(listed, ["$LATEST", "1", "2", "3"])
        self.refused("ResourceNotFoundException", self.lambda_.invoke, FunctionName="many", Qualifier="2")
        self.assertEqual(self.answer("many", Qualifier="3"), ["2", "3"])

    def test_a_version_of_other_code_is_refused(self):
        self.create("hashed", saying("x"))

        self.refused("InvalidParameterValueException", self.lambda_.publish_version, FunctionName="hashed", CodeSha256="bm90IGl0")

    def test_an_alias_is_moved_from_version_to_version(self):
        self.create("aliased", saying("one"), Publish=True)
        self.lambda_.update_function_code(FunctionName="aliased", ZipFile=saying("two"), Publish=True)
        self.lambda_.get_waiter("function_updated_v2").wait(FunctionName="aliased", WaiterConfig=SOON)
        made = self.lambda_.create_alias(FunctionName="aliased", Name="live", FunctionVersion="1", Description="words")
        before = self.answer("aliased", Qualifier="live")
        self.refused("ResourceConflictException", self.lambda_.delete_function, FunctionName="aliased", Qualifier="1")
        moved = self.lambda_.update_alias(FunctionName="aliased", Name="live", FunctionVersion="2")
        got = self.lambda_.get_alias(FunctionName="aliased", Name="live")
        listed = self.lambda_.get_paginator("list_aliases").paginate(FunctionName="aliased").build_full_result()["Aliases"]

        self.assertTrue(made["AliasArn"].endswith(":function:aliased:live"))
        self.assertEqual((before, self.answer("aliased", Qualifier="live")), (["one", "1"], ["two", "2"]))
        self.assertEqual((got["FunctionVersion"], got["Description"], got["RevisionId"]), ("2", "words", moved["RevisionId"]))
        self.assertEqual([one["Name"] for one in listed], ["live"])
        self.refused("ResourceConflictException", self.lambda_.create_alias, FunctionName="aliased", Name="live", FunctionVersion="1")
        self.refused("ResourceNotFoundException", self.lambda_.update_alias, FunctionName="aliased", Name="live", FunctionVersion="9")
        self.lambda_.delete_alias(FunctionName="aliased", Name="live")
        self.refused("ResourceNotFoundException", self.lambda_.get_alias, FunctionName="aliased", Name="live")


class PermissionsTest(FunctionTest):
    def test_statements_are_added_read_and_removed(self):
        arn = self.create("open", saying("x"))["FunctionArn"]
        added = self.lambda_.add_permission(FunctionName="open", StatementId="connect", Action="lambda:InvokeFunction", Principal="connect.amazonaws.com",
                                            SourceAccount="123456789012", SourceArn="arn:aws:connect:us-east-1:123456789012:instance/i")
        self.lambda_.add_permission(FunctionName="open", StatementId="account", Action="lambda:InvokeFunction", Principal="222222222222")
        policy = json.loads(self.lambda_.get_policy(FunctionName="open")["Policy"])
        self.lambda_.remove_permission(FunctionName="open", StatementId="connect")
        left = json.loads(self.lambda_.get_policy(FunctionName="open")["Policy"])["Statement"]

        self.assertEqual(json.loads(added["Statement"]), policy["Statement"][0])
        self.assertEqual(policy["Statement"][0], {
            "Sid": "connect", "Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": arn,
            "Condition": {"StringEquals": {"AWS:SourceAccount": "123456789012"},
                          "ArnLike": {"AWS:SourceArn": "arn:aws:connect:us-east-1:123456789012:instance/i"}}})
        self.assertEqual([(one["Sid"], one["Principal"]) for one in left], [("account", {"AWS": "arn:aws:iam::222222222222:root"})])

    def test_an_alias_has_a_policy_of_its_own(self):
        self.create("split", saying("x"), Publish=True)
        self.lambda_.create_alias(FunctionName="split", Name="live", FunctionVersion="1")
        self.lambda_.add_permission(FunctionName="split", Qualifier="live", StatementId="s", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")

        self.assertIn(":split:live", self.lambda_.get_policy(FunctionName="split", Qualifier="live")["Policy"])
        self.refused("ResourceNotFoundException", self.lambda_.get_policy, FunctionName="split")

    def test_errors(self):
        self.create("errors", saying("x"))
        add = {"FunctionName": "errors", "StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com"}
        self.lambda_.add_permission(**add)

        self.refused("ResourceConflictException", self.lambda_.add_permission, **add)
        self.refused("ResourceNotFoundException", self.lambda_.remove_permission, FunctionName="errors", StatementId="none")
