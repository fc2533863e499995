"""CenterLifeTest: a center lives its whole life on a cloud that enforces policies: delivered, changed in all its parts, operated by people,
a bad day for the provisioner and one for an operator, and its tooling changed by its own pipeline.
"""
import contextlib
import json
import os
import shutil
import urllib.request

from botocore.exceptions import ClientError

from clients import until
from delivery import edit
from own_templates import TEMPLATES
from running_cloud import clean_environment, run_trunkline
from stacks_center import DEV, REGIONS, REPOSITORY, TOOLING, DeployedCenterTest

PEOPLE = f"arn:aws:iam::{TOOLING}:role/people"
PROJECTS = ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows")
# A beep of 8 samples.
WAVE = b"RIFF,\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\x08\0\0\0" + b"\x80\x90\x80\x70" * 2


class CenterLifeTest(DeployedCenterTest):
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
        cls.lose_the_map()
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
    @contextlib.contextmanager
    def denied(cls, roles, action, resource):
        """While this lasts, these roles of the dev account may not do this."""
        iam = cls.cloud.client("iam", account=DEV)
        statement = {"Effect": "Deny", "Action": action, "Resource": resource}
        for role in roles:
            iam.put_role_policy(RoleName=role, PolicyName="bad-day", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        yield
        for role in roles:
            iam.delete_role_policy(RoleName=role, PolicyName="bad-day")

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
        cls.empty_the_bucket()
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
    def prompt(cls, audio, name="Beep2"):
        os.makedirs(cls.path("amzconnect-admin-objects/prompts"), exist_ok=True)
        cls.write(f"amzconnect-admin-objects/prompts/{name}.json", {"Name": name, "File": f"{name}.wav"})
        with open(cls.path(f"amzconnect-admin-objects/prompts/{name}.wav"), "wb") as file:
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
    def lose_the_map(cls):
        """The mapping function is deleted by hand. The provisioner makes it anew, may not let the instance in, and takes back what it made."""
        name = f"acme-cc-dev-{REGIONS[0]}-mapping"
        iam, functions = cls.cloud.client("iam", account=DEV), cls.cloud.client("lambda", account=DEV)
        functions.delete_function(FunctionName=name)
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            iam.delete_role_policy(RoleName=name, PolicyName=policy)
        iam.delete_role(RoleName=name)
        provisioners = [role["RoleName"] for role in iam.list_roles(PathPrefix="/trunkline/")["Roles"]
                        if role["RoleName"].startswith("amzconnect-contact-flows-dev-FunctionRole")]  # one for each Region
        assert len(provisioners) == len(REGIONS), provisioners
        with cls.denied(provisioners, "lambda:AddPermission", f"arn:aws:lambda:*:*:function:{name}*"):
            ended = cls.run_pipeline("amzconnect-contact-flows-develop")
        assert "lambda:AddPermission" in str(ended), ended
        for there, role in ((functions.get_function, {"FunctionName": name}), (iam.get_role, {"RoleName": name})):
            cls.assert_gone(there, **role)
        ended = cls.run_pipeline("amzconnect-contact-flows-develop")
        assert set(map(str, ended.values())) == {"Succeeded"}, ended

    @classmethod
    def assert_gone(cls, ask, **what):
        try:
            ask(**what)
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error
        else:
            raise AssertionError(f"{what} is still there")

    @classmethod
    def a_bad_day(cls):
        """A delivery of something new of every kind that fails at its end, and is put back: the new names may not be told to callers."""
        cls.lose_bucket_and_parameters()
        flows = cls.path("amzconnect-contact-flows/lib/callflows")
        shutil.copy(f"{flows}/ACME_Main.json", f"{flows}/ACME_new.json")
        edit(f"{flows}/ACME_new.json", '"Name": "ACME_Main"', '"Name": "ACME_new"')
        edit(f"{flows}/ACME_new.json", "${queue:ACME_Sales}", "${queue:ACME_late}")
        cls.write("amzconnect-admin-objects/hours/late.json", {"Name": "Late", "TimeZone": "UTC", "Config": []})
        cls.write("amzconnect-admin-objects/queues/late.json", {"Name": "ACME_late", "HoursOfOperation": "Late"})
        cls.prompt(WAVE, "Beep3")
        for folder in ("amzconnect-lambdas/functions/customer-lookup", "amzconnect-supporting-infra/lib/infra-stack/bots/ACME_lexbot"):
            shutil.copytree(cls.path(folder), cls.path(os.path.dirname(folder), "second"))
        with cls.denied(["trunkline-operator-dev"], "lambda:UpdateAlias", f"arn:aws:lambda:*:*:function:acme-cc-dev-{REGIONS[1]}-mapping*"):
            cls.operator("apply", "--rollback", "--region", REGIONS[1], code=1)

    @classmethod
    def lose_bucket_and_parameters(cls):
        """By hand: the next delivery makes them anew."""
        ssm = cls.cloud.client("ssm", REGIONS[1], DEV)
        ssm.delete_parameters(Names=["AmazonConnectInstanceId", "AmazonConnectInstanceName"])
        cls.empty_the_bucket()
        cls.cloud.client("s3", REGIONS[1], DEV).delete_bucket(Bucket=f"acme-cc-storage-dev-{REGIONS[1]}")

    @classmethod
    def empty_the_bucket(cls):
        s3, bucket = cls.cloud.client("s3", REGIONS[1], DEV), f"acme-cc-storage-dev-{REGIONS[1]}"
        for one in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=one["Key"])

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
        cls.let_triggers_start_pipelines()
        connection = cls.outputs("amzconnect-tooling", TOOLING)["ConnectionArn"]
        for files in ({"trunkline.json": {"pipelines": {"startedBy": "triggers"}, "approvals": []},
                       devops: {**before[devops], "codestarArn": connection, "email": "others@example.com"}}, {"trunkline.json": {}, **before}):
            failed = cls.update_tooling(files)
            assert not failed, failed

    @classmethod
    def let_triggers_start_pipelines(cls):
        """Pushed, and delivered by the pipeline of the pipelines: it takes the router away, and pushes go on starting what they concern."""
        cls.write("trunkline.json", {"pipelines": {"startedBy": "triggers"}})
        cls.push("main")
        ended = cls.run_pipeline("amzconnect-devops-pipelines-main")
        assert set(map(str, ended.values())) == {"Succeeded"}, (ended, cls.problems())
        assert "PayloadUrl" not in cls.outputs("amzconnect-tooling", TOOLING)
        edit(cls.path("amzconnect-contact-flows/lib/callflows/ACME_Main.json"), '"Text": "Good day."', '"Text": "Good evening."')
        cls.delivered(["contact-flows"])
