"""Every role has what it needs and nothing more: a center lives its whole life on a cloud that enforces policies and counts which
statement let which call through (GET /_trunkline/access). A statement that was not needed is named here with its reason, and the
test that needs it.
"""
import json
import os
import re
import shutil
import urllib.request

from clients import until
from delivery import edit
from own_templates import TEMPLATES
from running_cloud import clean_environment, run_trunkline
from stacks_center import DEV, REGIONS, REPOSITORY, TOOLING, DeployedCenterTest

PEOPLE = f"arn:aws:iam::{TOOLING}:role/people"
PROJECTS = ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows")
# A beep of 8 samples.
WAVE = b"RIFF,\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\x08\0\0\0" + b"\x80\x90\x80\x70" * 2

OWN_STACK = "amzconnect-supporting-infra-"  # of the user's own template
# Statements that this life does not need, and why they are there all the same.
GUARDS = "test_guards_hold_whatever_else_is_attached: nothing else that is ever attached to the role reaches so far"
TAKEN_BACK = "used by a delivery that takes back what it did: tests/deploy"
ELSEWHERE = {
    ("trunkline-operator-<env>", "ReadAlarms"): "StacksTest.shift_callers",
    ("trunkline-build-test", "Report"): "the embedded cloud keeps reports without asking; CodeBuild's guide names the permission",
    ("trunkline-cfn-<env>", "KeepInstances"): "test_no_stack_makes_or_deletes_an_instance",
    **{(role, guard): GUARDS for role in ("trunkline-cfn-<env>", "trunkline-tooling-cfn")
       for guard in ("KeepBoundaries", "KeepGuardedRoles", "KeepTheBoundary")},
}

# What a_bad_day needs of these depends on what it had begun when it failed.
UNDO = {
    **{("trunkline-operator-<env>", f"Undo{what}"): TAKEN_BACK for what in ("InInstance", "Bucket", "Audio", "Parameters", "Functions", "Bots", "Roles")},
    **{("amzconnect-contact-flows-<env>-FunctionRole", f"Undo{what}"): TAKEN_BACK for what in ("Map", "MapRole")},
}


def plain(name):
    """A role's name without what CloudFormation adds, the same for every environment."""
    return re.sub(r"-[A-Za-z0-9]{12}$", "", re.sub(r"-(dev|staging|prod)(?=-|$)", "-<env>", name))


class PermissionsTest(DeployedCenterTest):
    TEMPLATE = TEMPLATES[2]
    TESTS = {"unit": ["mkdir -p reports",
                      "echo '<testsuite name=\"a\" tests=\"1\"><testcase name=\"b\" classname=\"c\"/></testsuite>' > reports/unit.xml"],
             "reports": {"unit": {"files": ["reports/*.xml"], "format": "JUNITXML"}}}
    ROLES = {"pOperatorArn": PEOPLE}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.github = {"GITHUB_TOKEN": "any"}
        iam = cls.cloud.client("iam", account=TOOLING)
        iam.create_role(RoleName="people", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": TOOLING}, "Action": "sts:AssumeRole"}]}))
        iam.put_role_policy(RoleName="people", PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": f"arn:aws:iam::{DEV}:role/trunkline/trunkline-operator-dev"}]}))
        cls.live()
        with urllib.request.urlopen(cls.cloud.endpoint + "/_trunkline/access") as answer:
            cls.report = json.load(answer)

    # -- the life of a center

    @classmethod
    def live(cls):
        cls.post("/_trunkline/repositories", {"full_name": REPOSITORY})
        cls.trunkline("webhook", "create", "--folder", cls.center)
        cls.flows("ACME_one", "ACME_two")
        cls.bot("painted")
        cls.queue(MaxContacts=1, HoursOfOperation="ACME_hours")
        cls.delivered(PROJECTS)
        cls.change_everything()
        cls.delivered(PROJECTS)
        for state in (TEMPLATES[1], TEMPLATES[2]):
            cls.write("amzconnect-supporting-infra/tables.template.json", state)
            cls.delivered(["supporting-infra"])
        cls.let_flows_do_without_the_bot()
        cls.ask_for_production()
        cls.operate()
        cls.update_the_tooling()

    @classmethod
    def post(cls, path, body):
        request = urllib.request.Request(cls.cloud.endpoint + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    @classmethod
    def trunkline(cls, *words, code=0, **environment):
        done = run_trunkline(*words, "--endpoint-url", cls.cloud.endpoint, environment=clean_environment(**{**cls.github, **environment}))
        assert done.returncode == code, (words, done.stdout + done.stderr)
        return done.stdout

    @classmethod
    def delivered(cls, projects, branch="develop"):
        """Pushes; the router starts these pipelines; all of them succeed."""
        commit = cls.push(branch)
        client = cls.cloud.client("codepipeline", account=TOOLING)

        def statuses():
            found = {}
            for project in projects:
                listed = client.list_pipeline_executions(pipelineName=f"amzconnect-{project}-{branch}")["pipelineExecutionSummaries"]
                mine = [one for one in listed if [row["revisionId"] for row in one.get("sourceRevisions", [])
                                                  if row["actionName"] == "Source"] == [commit]]
                found[project] = mine[0]["status"] if mine else "InProgress"
                if found[project] not in ("InProgress", "Succeeded"):
                    found[project] = str(cls.actions_of(f"amzconnect-{project}-{branch}", mine[0]["pipelineExecutionId"]))
            return found

        ended = until(statuses, lambda found: "InProgress" not in found.values(), seconds=400)
        assert set(ended.values()) == {"Succeeded"}, (ended, cls.problems())

    @classmethod
    def problems(cls):
        """The lines of builds that say what went wrong."""
        lines = (cls.log("amzconnect-deliver-dev") + cls.log("amzconnect-synth")).splitlines()
        return [line for line in lines if "error" in line or "failed" in line][-20:]

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.center, *names)

    @classmethod
    def change_everything(cls):
        flows = cls.path("amzconnect-contact-flows/lib/callflows")
        edit(f"{flows}/ACME_customer_hold.json", "the line,", "the line, please,")
        os.remove(f"{flows}/ACME_one.json")
        edit(cls.path("amzconnect-admin-objects/flow-modules/ACME_business_hours.json"), '"Description": "', '"Description": "Now: ')
        edit(cls.path("amzconnect-admin-objects/hours/ACME_hours.json"), "America/New_York", "America/Chicago")
        configuration = "amzconnect-instance/lib/instance-stack/configuration.json"
        edit(cls.path(configuration), '"BucketPrefix": "Reports"', '"BucketPrefix": "AllReports"')
        edit(cls.path(configuration), "Callers who want to buy", "Those who buy")
        cls.queue(HoursOfOperation="Basic Hours", MaxContacts=2)
        cls.prompt(WAVE)
        cls.bot("repainted")
        function = "amzconnect-lambdas/functions/customer-lookup/function.json"
        cls.function(function, timeout=7, permissions=["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"])
        cls.write("amzconnect-supporting-infra/tables.template.json", TEMPLATES[0])

    @classmethod
    def let_flows_do_without_the_bot(cls):
        """The instance may not use the bot any more: the next delivery of flows lets it."""
        for region in REGIONS:
            connect, lex = (cls.cloud.client(service, region, DEV) for service in ("connect", "lexv2-models"))
            instance = connect.list_instances()["InstanceSummaryList"][0]["Id"]
            for bot in connect.list_bots(InstanceId=instance, LexVersion="V2")["LexBots"]:
                alias = bot["LexV2Bot"]["AliasArn"]
                connect.disassociate_bot(InstanceId=instance, LexV2Bot={"AliasArn": alias})
                if lex.describe_resource_policy(resourceArn=alias).get("policy"):
                    lex.delete_resource_policy(resourceArn=alias)
        edit(cls.path("amzconnect-contact-flows/lib/callflows/ACME_Main.json"), '"Text": "Welcome to ACME."', '"Text": "Good day."')
        cls.delivered(["contact-flows"])

    @classmethod
    def ask_for_production(cls):
        """A push to production, up to its question."""
        cls.push("main")
        client = cls.cloud.client("codepipeline", account=TOOLING)

        def asked():
            stages = client.get_pipeline_state(name="amzconnect-instance-main")["stageStates"]
            return [action.get("latestExecution", {}).get("status") for stage in stages if stage["stageName"] == "Approval"
                    for action in stage["actionStates"]]

        until(asked, lambda statuses: "InProgress" in statuses, seconds=180)

    @classmethod
    def operate(cls):
        """What people do in the operator role: numbers, a whole center in an empty Region, changes, and a bad day."""
        cls.operator("drift", "--region", REGIONS[0])
        cls.operator("phone", "search")
        number = json.loads(cls.operator("phone", "claim", "--flow", "ACME_Main", "--json"))["number"]
        cls.operator("phone", "list")
        cls.operator("phone", "attach", number, "--flow", "ACME_Main")
        cls.operator("phone", "release", number, "--yes")
        s3, bucket = cls.cloud.client("s3", REGIONS[1], DEV), f"acme-cc-storage-dev-{REGIONS[1]}"
        for one in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=one["Key"])
        cls.trunkline("destroy", "--env", "dev", "--region", REGIONS[1], "--folder", cls.center, "--yes")
        cls.operator("apply", "--region", REGIONS[1])
        cls.change_again()
        cls.operator("apply", "--prune", "--region", REGIONS[1])
        cls.a_bad_day()

    @classmethod
    def operator(cls, *words, code=0):
        keys = cls.cloud.client("sts", account=TOOLING).assume_role(RoleArn=PEOPLE, RoleSessionName="ann")["Credentials"]
        external = cls.outputs("amzconnect-tooling", TOOLING)["ExternalIdDev"]
        return cls.trunkline(*words, "--env", "dev", "--folder", cls.center, "--external-id", external,
                             "--role-arn", f"arn:aws:iam::{DEV}:role/trunkline/trunkline-operator-dev", code=code,
                             AWS_ACCESS_KEY_ID=keys["AccessKeyId"], AWS_SECRET_ACCESS_KEY=keys["SecretAccessKey"],
                             AWS_SESSION_TOKEN=keys["SessionToken"], TRUNKLINE_PERMISSIONS_BOUNDARY=f"arn:aws:iam::{DEV}:policy/trunkline/trunkline-boundary")

    @classmethod
    def change_again(cls):
        """Everything once more, and less of it: what people change who deliver from their own machine."""
        edit(cls.path("amzconnect-admin-objects/hours/ACME_hours.json"), "America/Chicago", "America/Denver")
        configuration = cls.path("amzconnect-instance/lib/instance-stack/configuration.json")
        edit(configuration, '"BucketPrefix": "AllReports"', '"BucketPrefix": "Reports"')
        edit(configuration, "Those who buy", "Buyers")
        cls.queue(HoursOfOperation="ACME_hours", MaxContacts=3)
        cls.prompt(WAVE + b"\x70\x80")
        cls.bot("greeted")
        function = "amzconnect-lambdas/functions/customer-lookup/function.json"
        cls.function(function, permissions=[], timeout=6)
        os.remove(cls.path("amzconnect-contact-flows/lib/callflows/ACME_two.json"))
        edit(cls.path("amzconnect-admin-objects/flow-modules/ACME_business_hours.json"), '"Description": "Now: ', '"Description": "')

    @classmethod
    def flows(cls, *names):
        """Flows that no other names."""
        folder = cls.path("amzconnect-contact-flows/lib/callflows")
        for name in names:
            shutil.copy(f"{folder}/ACME_customer_hold.json", f"{folder}/{name}.json")
            edit(f"{folder}/{name}.json", '"Name": "ACME_customer_hold"', f'"Name": "{name}"')

    @classmethod
    def queue(cls, **properties):
        os.makedirs(cls.path("amzconnect-admin-objects/queues"), exist_ok=True)
        cls.write("amzconnect-admin-objects/queues/extra.json", {"Name": "ACME_extra", "Description": "More", **properties})

    @classmethod
    def prompt(cls, audio):
        os.makedirs(cls.path("amzconnect-admin-objects/prompts"), exist_ok=True)
        cls.write("amzconnect-admin-objects/prompts/Beep2.json", {"Name": "Beep2", "File": "Beep2.wav"})
        with open(cls.path("amzconnect-admin-objects/prompts/Beep2.wav"), "wb") as file:
            file.write(audio)

    @classmethod
    def function(cls, path, **properties):
        with open(cls.path(path), encoding="utf-8") as file:
            before = json.load(file)
        cls.write(path, {**before, **properties})

    @classmethod
    def bot(cls, state):
        """The bot with another intent that fills a slot of a type of its own ("painted", "repainted"); without ("greeted")."""
        path = "amzconnect-supporting-infra/lib/infra-stack/bots/ACME_lexbot/Locales.json"
        with open(cls.path(path), encoding="utf-8") as file:
            locales = json.load(file)
        english = locales[0]
        english["intents"] = [one for one in english["intents"] if one["name"] != "Paint"]
        english.pop("slotTypes", None)
        english["nluConfidenceThreshold"] = {"painted": 0.7, "repainted": 0.6, "greeted": 0.5}[state]
        if state != "greeted":
            question = {"messageGroups": [{"message": {"plainTextMessage": {"value": f"Which color, {state}?"}}}], "maxRetries": 1}
            english["slotTypes"] = [{"name": "Colors", "slotTypeValues": [{"sampleValue": {"value": color}} for color in ("red", state)],
                                     "valueSelectionSetting": {"resolutionStrategy": "OriginalValue"}}]
            english["intents"].insert(0, {
                "name": "Paint", "sampleUtterances": [{"utterance": f"paint it {state}"}], "slotPriorities": [{"priority": 1, "slotName": "color"}],
                "slots": [{"name": "color", "slotTypeName": "Colors", "valueElicitationSetting": {
                    "slotConstraint": "Required", "promptSpecification": question}}]})
        cls.write(path, locales)
        cls.write(os.path.join(os.path.dirname(path), "Bot.json"), {"idleSessionTTLInSeconds": {"painted": 100, "repainted": 200, "greeted": 300}[state]})

    @classmethod
    def a_bad_day(cls):
        """A delivery that fails at its last step, and is put back: the operator may not write flows' contents."""
        iam = cls.cloud.client("iam", account=DEV)
        named = {"RoleName": "trunkline-operator-dev", "PolicyName": "bad-day"}
        iam.put_role_policy(**named, PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Action": "connect:UpdateContactFlowContent", "Resource": "*"}]}))
        flows = cls.path("amzconnect-contact-flows/lib/callflows")
        shutil.copy(f"{flows}/ACME_Main.json", f"{flows}/ACME_new.json")
        edit(f"{flows}/ACME_new.json", '"Name": "ACME_Main"', '"Name": "ACME_new"')
        edit(f"{flows}/ACME_new.json", "${queue:ACME_Sales}", "${queue:ACME_late}")
        cls.write("amzconnect-admin-objects/hours/late.json", {"Name": "Late", "TimeZone": "UTC", "Config": []})
        os.makedirs(cls.path("amzconnect-admin-objects/queues"), exist_ok=True)
        cls.write("amzconnect-admin-objects/queues/late.json", {"Name": "ACME_late", "HoursOfOperation": "Late"})
        cls.function("amzconnect-lambdas/functions/customer-lookup/function.json", timeout=5)
        cls.operator("apply", "--rollback", "--region", REGIONS[1], code=1)
        iam.delete_role_policy(**named)

    @classmethod
    def update_the_tooling(cls):
        """By its pipeline, and by its service role: all that the stack may lose goes, and comes again."""
        accounts, devops = (f"amzconnect-devops-pipelines/env/{name}.json" for name in ("accountvars", "devops"))
        before = {}
        for path in (accounts, devops):
            with open(cls.path(path), encoding="utf-8") as file:
                before[path] = json.load(file)
        without_staging = json.loads(json.dumps(before[accounts]))
        without_staging["accounts"][1]["enabled"] = False
        cls.write(accounts, without_staging)
        cls.push("main")
        ended = cls.run_pipeline("amzconnect-devops-pipelines-main")
        assert set(map(str, ended.values())) == {"Succeeded"}, (ended, cls.problems())
        connection = cls.outputs("amzconnect-tooling", TOOLING)["ConnectionArn"]
        for files in ({"trunkline.json": {"pipelines": {"startedBy": "triggers"}, "approvals": []},
                       devops: {**before[devops], "codestarArn": connection, "email": "others@example.com"}}, {"trunkline.json": {}, **before}):
            failed = cls.update_tooling(files)
            assert not failed, failed

    # -- what it shows

    def statements(self):
        """{(role or boundary, statement): how often it was needed}, over all environments and Regions. "Trust": who takes the role."""
        found = {}
        for policy in self.report["policies"]:
            role = re.fullmatch(r"(?:inline policy 'trunkline' of role|trust policy of role|managed policy) '(?:arn:.*:policy/trunkline/)?"
                                r"((?:trunkline|amzconnect)-.*)'", policy["policy"])
            if not role or OWN_STACK in role[1]:
                continue
            for row in policy["statements"]:
                key = (plain(role[1]), row["statement"])
                found[key] = found.get(key, 0) + row["needed"]
        return found

    def test_every_statement_is_needed(self):
        unneeded = {key for key, needed in self.statements().items() if not needed}
        self.assertEqual(unneeded - set(UNDO), set(ELSEWHERE))

    def decision(self, role, account, action, resource):
        """Of a call that the role makes when somebody attaches a policy that allows everything."""
        everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        answer = self.cloud.client("iam", account=account).simulate_principal_policy(
            PolicySourceArn=f"arn:aws:iam::{account}:role/trunkline/{role}", PolicyInputList=[everything], ActionNames=[action], ResourceArns=[resource])
        return answer["EvaluationResults"][0]["EvalDecision"]

    def test_guards_hold_whatever_else_is_attached(self):
        for role, account, boundary, own in (("trunkline-cfn-dev", DEV, "trunkline-boundary", "trunkline-deploy-dev"),
                                             ("trunkline-tooling-cfn", TOOLING, "trunkline-tooling-boundary", "trunkline-tooling-cfn")):
            iam = f"arn:aws:iam::{account}:"
            for action, resource, expected in (
                    ("iam:DeleteRolePermissionsBoundary", iam + "role/trunkline/amzconnect-x", "explicitDeny"),
                    ("iam:CreatePolicyVersion", iam + f"policy/trunkline/{boundary}", "explicitDeny"),
                    ("iam:PutRolePolicy", iam + f"role/trunkline/{own}", "explicitDeny"),
                    ("iam:PutRolePolicy", iam + "role/trunkline/amzconnect-x", "allowed")):
                with self.subTest(role=role, action=action, resource=resource):
                    self.assertEqual(self.decision(role, account, action, resource), expected)

    def test_no_stack_makes_or_deletes_an_instance(self):
        instance = f"arn:aws:connect:us-east-1:{DEV}:instance/i"
        for action in ("CreateInstance", "DeleteInstance", "ReplicateInstance"):
            self.assertEqual(self.decision("trunkline-cfn-dev", DEV, f"connect:{action}", instance), "explicitDeny")

    def test_nobody_uses_a_bucket_without_tls(self):
        everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        for account, bucket in ((TOOLING, f"amzconnect-artifacts-{TOOLING}-us-east-1"), (DEV, f"amzconnect-instance-dev-{DEV}-us-east-1"),
                                (DEV, f"amzconnect-flows-dev-{DEV}-us-east-1")):
            policy = self.cloud.client("s3", account=account).get_bucket_policy(Bucket=bucket)["Policy"]
            for tls, expected in (("false", "explicitDeny"), ("true", "allowed")):
                answer = self.cloud.client("iam", account=account).simulate_custom_policy(
                    PolicyInputList=[everything], ResourcePolicy=policy, ResourceOwner=account, CallerArn=f"arn:aws:iam::{account}:user/ann",
                    ActionNames=["s3:GetObject"], ResourceArns=[f"arn:aws:s3:::{bucket}/x"], ContextEntries=[
                        {"ContextKeyName": "aws:SecureTransport", "ContextKeyValues": [tls], "ContextKeyType": "boolean"}])
                self.assertEqual(answer["EvaluationResults"][0]["EvalDecision"], expected, bucket)

    def test_the_development_machine_gets_the_program_with_nothing_to_spare(self):
        with open(os.path.join(self.work, "synth/amzconnect-development-machine.template.json"), encoding="utf-8") as file:
            text = json.dumps(json.load(file)["Resources"]["Role"]["Properties"]["Policies"][0]["PolicyDocument"])
        for name, value in {**self.program, "AWS::Partition": "aws"}.items():
            text = text.replace("${" + name + "}", value)
        document = json.loads(text.replace(json.dumps({"Ref": "CodeBucketKeyArn"}), json.dumps(self.keys["us-east-1"])))
        for statement in document["Statement"]:
            if isinstance(statement["Resource"], dict):
                statement["Resource"] = statement["Resource"]["Fn::Sub"]
        for left_out in (None, *document["Statement"]):
            with self.subTest(without=left_out and left_out["Sid"]):
                rest = {**document, "Statement": [one for one in document["Statement"] if one != left_out]}
                if left_out is None:
                    self.get_program(rest)
                else:
                    self.refused("AccessDenied", self.get_program, document=rest)

    def get_program(self, document):
        """The program, in a role of the tooling account that may do this."""
        iam = self.cloud.client("iam", account=TOOLING)
        iam.put_role_policy(RoleName="people", PolicyName="machine", PolicyDocument=json.dumps(document))
        keys = self.cloud.client("sts", account=TOOLING).assume_role(RoleArn=PEOPLE, RoleSessionName="machine")["Credentials"]
        s3 = self.cloud.client("s3", account=TOOLING, aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
                               aws_session_token=keys["SessionToken"])
        return s3.get_object(Bucket=self.program["CodeBucket"], Key=self.program["CodeKey"])
