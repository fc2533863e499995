"""The webhook's whole way: git push -> signed delivery -> HTTP API -> router function -> pipelines; and what goes wrong on it."""
import concurrent.futures
import hashlib
import hmac
import json
import os
import random
import time

from clients import until
from running_cloud import run_trunkline
from webhook_center import PROJECTS, WebhookTest

FLOW = "amzconnect-contact-flows/lib/callflows/main.json"
INSTANCE = "amzconnect-instance/lib/instance-stack/configuration.json"


FOLDERS = {project: f"amzconnect-{project}/file" for project in PROJECTS}


def payload_of(branch, before, after, path, pushed):
    commit = {"id": after, "added": [], "removed": [], "modified": [path], "timestamp": "2026-11-20T10:00:00Z"}
    return {"ref": f"refs/heads/{branch}", "before": before, "after": after, "created": False, "deleted": False, "forced": False,
            "commits": [commit], "head_commit": commit, "repository": {"full_name": "acme/center", "pushed_at": pushed}}


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

        line = until(lambda: [one for one in self.log() if one.get("commit") == flow], bool)[0]
        self.assertEqual((line["event"], line["status"], line["started"]), ("push", 200, answer["started"]))

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

    def deliver(self, payload, secret):
        """The status of a delivery that is signed with the secret."""
        body = json.dumps(payload).encode()
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return self.post(body, X_GitHub_Event="push", X_GitHub_Delivery="d-1", X_Hub_Signature_256=signature)[0]

    def test_deliveries_at_once_in_any_order_end_with_the_newest_commits(self):
        checkout = self.checkout()
        checkout.commit("README.md", branch="unrelated")
        for hook in self.github("/hooks"):
            self.github(f"/hooks/{hook['id']}", method="DELETE")
        secret, begin = self.trunkline("secret", "--show")["value"], int(time.time()) - 100
        commits, touched = [checkout.commit("README.md", branch="storm")], [None]
        for number, project in enumerate(PROJECTS * 2):
            touched.append(project)
            commits.append(checkout.commit(FOLDERS[project], branch="storm"))
        deliveries = [payload_of("storm", commits[i], commits[i + 1], FOLDERS[touched[i + 1]], begin + i) for i in range(len(commits) - 1)]
        random.Random(5).shuffle(deliveries)

        with concurrent.futures.ThreadPoolExecutor(len(deliveries)) as pool:
            statuses = list(pool.map(lambda one: self.deliver(one, secret), deliveries))
        for status, delivery in zip(statuses, deliveries):
            if status != 200:  # too many at once: GitHub shows it as failed, and somebody delivers it again
                self.assertEqual((status, self.deliver(delivery, secret)), (503, 200))

        for project in PROJECTS:
            started = [commits.index(one) for one in self.commits(f"amzconnect-{project}-storm")]
            last_change = len(touched) - 1 - touched[::-1].index(project)
            self.assertTrue(started and started[-1] >= last_change, (project, started, last_change))
            self.assertEqual(started[-1], max(started), (project, started))

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
