"""The webhook's whole way: git push -> signed delivery -> HTTP API -> router function -> pipelines; and what goes wrong on it."""
import json
import os

from clients import until
from running_cloud import run_trunkline
from webhook_center import PROJECTS, WebhookTest

FLOW = "amzconnect-contact-flows/lib/callflows/main.json"
INSTANCE = "amzconnect-instance/lib/instance-stack/configuration.json"


class RouterTest(WebhookTest):
    def first_push(self, branch):
        """A checkout whose branch was pushed, its hook there, and everything started for it; (checkout, commit)."""
        checkout = self.checkout()
        checkout.commit("README.md", branch="unrelated")  # the repository comes with its first push
        self.trunkline("create")
        commit = checkout.commit("README.md", INSTANCE, FLOW, branch=branch)
        until(lambda: self.starts(branch), [(project, commit) for project in PROJECTS])
        return checkout, commit

    def test_a_push_starts_exactly_the_pipelines_it_concerns(self):
        checkout, first = self.first_push("develop")

        flow = checkout.commit(FLOW, branch="develop")
        answer = self.answer_for(flow)

        self.assertEqual([one["pipeline"] for one in answer["started"]], ["amzconnect-contact-flows-develop"])
        self.assertEqual([one["what"] for one in answer["skipped"]],
                         ["amzconnect-instance-develop", "amzconnect-lambdas-develop"])
        until(lambda: self.starts("develop"),
              [("instance", first), ("lambdas", first), ("contact-flows", first), ("contact-flows", flow)])

        several = checkout.commit("docs/x.md", FLOW, INSTANCE, branch="develop")
        answer = self.answer_for(several)
        self.assertEqual([one["pipeline"] for one in answer["started"]],
                         ["amzconnect-instance-develop", "amzconnect-contact-flows-develop"])
        self.assertEqual(answer["ignored"], [{"what": "docs/", "why": "no pipeline delivers it"}])

    def test_githubs_redelivery_and_a_replay_start_nothing_twice(self):
        checkout, _ = self.first_push("release/1")
        commit = checkout.commit(FLOW, branch="release/1")
        answer = self.answer_for(commit)
        before = until(lambda: self.starts("release/1"), lambda starts: ("contact-flows", commit) in starts)
        delivery = next(one for one, _, said in self.answers() if said.get("commit") == commit)

        again = self.trunkline("replay", "--recorded", delivery["guid"])
        hook = self.github("/hooks")[0]["id"]
        payload = self.github(f"/hooks/{hook}/deliveries/{delivery['id']}")["request"]["payload"]
        file = os.path.join(self.folder, "push.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(payload, out)
        replayed = self.trunkline("replay", file)

        for got in (again, replayed):
            self.assertEqual((got["status"], got["answer"]), (200, {**answer, "repeated": True}))
        self.assertEqual(self.starts("release/1"), before)

    def test_a_lost_delivery_is_found_by_the_reconciliation(self):
        checkout, first = self.first_push("stage")
        hook = self.github("/hooks")[0]["id"]
        self.github(f"/hooks/{hook}", method="DELETE")
        lost = checkout.commit(INSTANCE, branch="stage")

        report = self.trunkline("reconcile")

        stage = next(one for one in report["branches"] if one["branch"] == "stage")
        self.assertEqual([one["pipeline"] for one in stage["started"]], ["amzconnect-instance-stage"], stage)
        self.assertEqual(self.starts("stage"),
                         [("instance", first), ("instance", lost), ("lambdas", first), ("contact-flows", first)])
        again = next(one for one in self.trunkline("reconcile")["branches"] if one["branch"] == "stage")
        self.assertEqual((again["started"], again["notes"]), ([], ["nothing is missing"]))

    def test_the_tooling_branch_updates_the_pipelines(self):
        checkout = self.checkout()
        checkout.commit("README.md", branch="other")
        self.trunkline("create")

        commit = checkout.commit("amzconnect-devops-pipelines/env/devops.json", FLOW, branch="main")

        until(lambda: self.starts("main"), [("devops-pipelines", commit)])

    def test_strangers_are_refused(self):
        self.assertEqual(self.post(b"{}"), (401, '{"message":"unauthorized"}\n'))
        self.assertEqual(self.post(b"{}", X_GitHub_Event="push", X_Hub_Signature_256="sha256=" + "0" * 64)[0], 401)

    def test_a_new_secret_is_taken_at_once_and_told_to_github(self):
        file, secret = os.path.join(self.folder, "ping.json"), os.path.join(self.folder, "secret")
        with open(file, "w", encoding="utf-8") as out:
            out.write("{}")
        old = self.trunkline("secret", "--show")
        with open(secret, "w", encoding="utf-8") as out:
            out.write(old["value"] + "\n")

        new = self.trunkline("secret", "--rotate")
        # The router looks for a newer secret at most once a second.
        until(lambda: self.trunkline("replay", file, "--event", "ping", check=False).returncode, 0)
        with_old = self.trunkline("replay", file, "--event", "ping", "--secret-file", secret, "--url", self.outputs["PayloadUrl"])

        self.assertNotIn("value", new)
        self.assertTrue(new["rotated"])
        self.assertNotEqual(self.trunkline("secret", "--show")["value"], old["value"])
        self.assertEqual(with_old["status"], 200)

    def test_the_commands_say_what_is_missing(self):
        done = run_trunkline("webhook", "reconcile", environment=self.cloud.environment(region="eu-west-1"))

        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no function 'amzconnect-router' in eu-west-1: deploy the tooling stack with 'trunkline bootstrap'",
                      done.stderr)
