"""What the program says to wrong files: where, what was found, what was expected, what to do. Nothing here needs a cloud."""
import json
import os
import shutil
import tempfile
import unittest

from golden import Transcript
from running_cloud import run_trunkline

FLOWS = "amzconnect-contact-flows/lib/callflows"
FUNCTION = "amzconnect-lambdas/functions/customer-lookup"
BOT = "amzconnect-supporting-infra/lib/infra-stack/bots/ACME_lexbot"
ACCOUNTS = "amzconnect-devops-pipelines/env/accountvars.json"
INSTANCE = "amzconnect-instance/lib/instance-stack/configuration.json"
OBJECTS = "amzconnect-admin-objects"

FLOW = {"Version": "2019-10-30", "StartAction": "End", "Metadata": {"type": "contactFlow"},
        "Actions": [{"Identifier": "End", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}


class CenterTest(unittest.TestCase):
    """The ACME center in `self.folder`/center, to be spoiled."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.template = tempfile.mkdtemp(prefix="trunkline-test-")
        cls.addClassCleanup(shutil.rmtree, cls.template)
        done = run_trunkline("init", cls.template)
        assert done.returncode == 0, done.stderr

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="trunkline-test-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.center = os.path.join(self.folder, "center")
        shutil.copytree(self.template, self.center)
        self.said = Transcript(self.folder)

    def path(self, name):
        return os.path.join(self.center, name)

    def write(self, name, content):
        """Text, bytes, or what becomes JSON."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not isinstance(content, (str, bytes)):
            content = json.dumps(content, indent=2) + "\n"
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def change(self, name, old, new):
        text = self.read(name)
        self.assertIn(old, text)
        self.write(name, text.replace(old, new, 1))

    def plan(self, *words, code=1, **more):
        return self.said.run("plan", "--env", "dev", *words, code=code, folder=self.center, **more)

    def check(self, name):
        self.said.check(self, f"messages/{name}.txt")


class FilesOfACenter(CenterTest):

    def test_broken_json_in_every_kind_of_file_is_said_in_one_run(self):
        for name in (ACCOUNTS, "amzconnect-devops-pipelines/env/devops.json", "amzconnect-lambdas/env/devops.json",
                     INSTANCE, f"{OBJECTS}/hours/ACME_hours.json", f"{OBJECTS}/flow-modules/ACME_business_hours.json",
                     f"{FUNCTION}/function.json", f"{BOT}/Aliases.json", f"{FLOWS}/ACME_Main.json"):
            self.write(name, self.read(name).replace('",\n', '"\n', 1))
        self.write(f"{OBJECTS}/queues/Sales.json", '{"Name": "Sales", "Name": "Sales"}')
        self.write(f"{OBJECTS}/prompts/Hello.json", "{'Name': 'Hello'}")
        self.write(f"{BOT}/Bot.json", '{"description": "a\tb"}')
        self.write(f"{BOT}/Locales.json", '[{"localeId": "en_US"')
        self.write("trunkline.json", '{"regionConcurrency": 02}')
        self.plan()
        self.check("broken-json")

    def test_texts_that_are_no_json_at_all(self):
        self.write(f"{FLOWS}/empty.json", "")
        self.write(f"{FLOWS}/blank.json", "\n\n")
        self.write(f"{FLOWS}/null.json", "null")
        self.write(f"{FLOWS}/list.json", "[]")
        self.write(f"{FLOWS}/other.json", {"name": "x"})
        self.write(f"{FLOWS}/deep.json", "[" * 100000)
        self.write(f"{FLOWS}/deep-flow.json", '{"Version": "2019-10-30", "Actions": ' + '{"a":' * 300)
        self.write(f"{OBJECTS}/queues/deep.json", '{"Tags": ' + "[" * 5000 + "]" * 5000 + "}")
        self.write(f"{OBJECTS}/queues/list.json", "[1, 2]")
        self.write(INSTANCE, "")
        self.plan()
        self.check("no-json")

    def test_texts_that_are_not_utf8(self):
        flow = json.dumps({**FLOW, "Metadata": {"type": "contactFlow", "description": "Caf\u00e9"}}, ensure_ascii=False)
        self.write(f"{FLOWS}/latin.json", flow.encode("latin-1"))
        self.write(f"{FLOWS}/neither.json", flow.encode("latin-1").replace(b"\xe9", b"\x81"))
        self.write(f"{FLOWS}/utf16.json", flow.encode("utf-16"))
        self.write(f"{OBJECTS}/queues/latin.json", '{"Name": "Caf\u00e9"}'.encode("latin-1"))
        self.write(f"{FUNCTION}/function.json", b"\xff\xfe{}")
        self.plan()
        self.check("not-utf8")

    def test_members_and_names(self):
        self.change(ACCOUNTS, '"branch"', '"brnach"')
        self.change(ACCOUNTS, '"enabled": true', '"enabled": "yes"')
        self.change(f"{FUNCTION}/function.json", '"timeout": 8', '"timeout": "eight"')
        self.change(f"{FUNCTION}/function.json", '"memory"', '"memroy"')
        self.change(f"{OBJECTS}/hours/ACME_hours.json", '"Hours": 0', '"Hours": 8.5')
        self.write("trunkline.json", {"regionConcurency": 2})
        self.plan()
        self.check("members")

    def test_names_given_twice(self):
        shutil.copy(self.path(f"{FLOWS}/ACME_Main.json"), self.path(f"{FLOWS}/ACME_Other.json"))
        self.write(f"{OBJECTS}/queues/ACME_Sales.json", {"Name": "ACME_Sales"})
        self.write(f"{OBJECTS}/hours/again.json", self.read(f"{OBJECTS}/hours/ACME_hours.json"))
        shutil.copytree(self.path(FUNCTION), self.path("amzconnect-lambdas/functions/other"))
        self.change("amzconnect-lambdas/functions/other/function.json", "{", '{"name": "customer-lookup",')
        self.plan()
        self.check("names-twice")

    def test_what_is_not_declared_and_modules_in_a_cycle(self):
        main = f"{FLOWS}/ACME_Main.json"
        for wrong in (("${queue:ACME_Sales}", "${queue:ACME_Slaes}"), ("${lambda:customer-lookup}", "${lambda:lookup}"),
                      ("${bot:ACME_lexbot}", "${bot:ACME_lexbto}"), ("${module:ACME_business_hours}", "${module:A}"),
                      ("${flow:ACME_customer_hold}", "${flow:ACME_customer_whisper}")):
            self.change(main, *wrong)
        for name, to in (("A", "B"), ("B", "A")):
            actions = [{"Identifier": "Go", "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": f"${{module:{to}}}"},
                        "Transitions": {"NextAction": "End", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "End"}],
                                        "Conditions": []}},
                       {"Identifier": "End", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}]
            module = {"Version": "2019-10-30", "StartAction": "Go", "Metadata": {}, "Actions": actions, "Settings": {}}
            self.write(f"{OBJECTS}/flow-modules/{name}.json", module)
        self.plan()
        self.check("references")

    def test_folders_where_files_should_be_and_files_where_folders_should_be(self):
        for name in (ACCOUNTS, f"{FLOWS}/ACME_customer_hold.json", f"{FUNCTION}/function.json"):
            os.remove(self.path(name))
            os.mkdir(self.path(name))
        for name in (f"{OBJECTS}/hours", BOT.rsplit("/", 1)[0], f"{FUNCTION}/src"):
            shutil.rmtree(self.path(name))
            self.write(name, "no folder")
        os.symlink("nowhere", self.path(f"{FLOWS}/dangling.json"))
        os.rename(self.path("amzconnect-instance"), self.path("amzconnect-instances"))
        self.plan()
        os.remove(self.path(f"{FLOWS}/dangling.json"))
        self.said.run("plan", "--env", "dev", "--folder", "nowhere", code=1)
        self.said.run("plan", "--env", "dev", "--folder", "center/README.md", code=1)
        self.said.run("plan", "--env", "dev", code=1, note="a folder that is no monorepo")
        self.check("folders")

    def test_what_may_not_be_read_is_said_and_not_passed_over(self):
        for name in (ACCOUNTS, f"{FLOWS}/ACME_Main.json", f"{FUNCTION}/src/lookup.py"):
            os.chmod(self.path(name), 0)
        for name in (f"{OBJECTS}/hours", BOT, BOT.rsplit("/", 1)[0], "amzconnect-contact-flows/env"):
            os.chmod(self.path(name), 0)
            self.addCleanup(os.chmod, self.path(name), 0o700)
        self.plan(as_a_user=True)
        self.check("not-readable")

    def test_a_target_that_cannot_be_delivered_to(self):
        self.change(ACCOUNTS, '"222222222222"', '"XXXXXXXXXXXX"')
        self.said.run("plan", "--env", "staging", code=1, folder=self.center)
        self.said.run("plan", "--env", "stagign", code=1, folder=self.center)
        self.said.run("plan", "--env", "production", code=1, folder=self.center)
        self.plan("--region", "eu-central-1")
        self.plan("--only", "contact-flow", code=2)
        self.change(INSTANCE, '"instanceAlias": "', '"instanceAlias": "a-very-long-name-for-an-instance-of-a-contact-center-')
        self.plan()
        self.check("target")


class FlowFiles(CenterTest):

    def setUp(self):
        super().setUp()
        self.write("flows/good.json", json.dumps(FLOW))
        self.write("flows/broken.json", '{"Version": "2019-10-30", "Actions": [}')
        self.write("flows/legacy.json", {"modules": [], "start": "x", "metadata": {"name": "Old"}, "type": "contactFlow"})
        self.write("flows/comment.json", "// mine\n" + json.dumps(FLOW))
        self.write("flows/settings.json", {"colour": "blue"})
        dangling = {**FLOW, "StartAction": "Edn"}
        self.write("flows/dangling.json", json.dumps(dangling))

    def flow(self, *words, code, **more):
        return self.said.run("flow", *words, code=code, folder=self.center, **more)

    def test_every_command_says_what_is_wrong_and_does_the_rest(self):
        self.flow("lint", "flows", code=1)
        self.flow("lint", "flows", "--json", code=1)
        self.flow("refs", "flows", code=1)
        self.flow("refs", "flows", "--json", code=1)
        self.flow("fmt", "--check", "flows", code=1)
        self.flow("fmt", "flows", code=1)
        self.flow("fmt", "flows", "--json", code=1, note="again: what could be formatted is as it should be")
        self.flow("fmt", "flows/good.json", code=0)
        self.check("flow-files")
        self.assertEqual(self.read("flows/good.json"), json.dumps(FLOW, indent=2) + "\n")
        self.assertTrue(self.read("flows/comment.json").startswith("// mine\n"))

    def test_paths_that_are_not_there(self):
        for command in ("lint", "refs", "fmt"):
            self.flow(command, "nowhere", code=1)
            self.flow(command, "flows/settings.json", code=1)
            self.flow(command, "nowhere", "--json", code=1)
        self.check("flow-paths")

    def test_formatting_leaves_alone_what_may_not_be_written(self):
        os.remove(self.path("flows/broken.json"))
        os.remove(self.path("flows/legacy.json"))
        os.remove(self.path("flows/comment.json"))
        os.chmod(self.path("flows/dangling.json"), 0o444)
        self.flow("fmt", "flows", code=1, as_a_user=True, note="dangling.json may not be written")
        self.write("other/good.json", json.dumps(FLOW))
        os.chmod(self.path("other"), 0o555)
        self.addCleanup(os.chmod, self.path("other"), 0o755)
        self.flow("fmt", "other", code=1, as_a_user=True, note="nothing may be made in the folder")
        os.chmod(self.path("flows/settings.json"), 0)
        self.flow("lint", "flows", code=1, as_a_user=True, note="settings.json may not be read")
        self.check("flow-permissions")
        self.assertEqual(json.loads(self.read("flows/dangling.json"))["StartAction"], "Edn")
        self.assertEqual(self.read("other/good.json"), json.dumps(FLOW))
        self.assertEqual(os.listdir(self.path("other")), ["good.json"])
        self.assertEqual(sorted(os.listdir(self.path("flows"))), ["dangling.json", "good.json", "settings.json"])

    def test_formatting_keeps_modes_and_links(self):
        os.chmod(self.path("flows/good.json"), 0o640)
        os.symlink("../../../flows/good.json", self.path(f"{FLOWS}/link.json"))
        self.flow("fmt", f"{FLOWS}/link.json", code=0)
        self.assertTrue(os.path.islink(self.path(f"{FLOWS}/link.json")))
        self.assertEqual(os.stat(self.path("flows/good.json")).st_mode & 0o777, 0o640)
        self.assertEqual(self.read("flows/good.json"), json.dumps(FLOW, indent=2) + "\n")


class Init(CenterTest):

    def test_only_writes_where_nothing_is(self):
        with open(os.path.join(self.folder, "file"), "w", encoding="utf-8") as file:
            file.write("mine")
        os.mkdir(os.path.join(self.folder, "closed"), 0o555)
        self.said.run("init", "center", code=1)
        self.said.run("init", "center", "--json", code=1)
        self.said.run("init", "file", code=1)
        self.said.run("init", "file/below", code=1)
        self.said.run("init", "closed/below", code=1, as_a_user=True)
        self.said.run("init", "", code=1)
        self.check("init")
        with open(os.path.join(self.folder, "file"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")
        self.assertEqual(sorted(os.listdir(self.folder)), ["center", "closed", "file"])


if __name__ == "__main__":
    unittest.main()
