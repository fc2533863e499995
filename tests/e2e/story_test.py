"""`trunkline demo`: from a git push to production, as one story."""
import re
import subprocess

from running_cloud import BINARY, ProgramTest, clean_environment

EVERY = "instance, supporting-infra, admin-objects, lambdas, contact-flows"


class Story(ProgramTest):
    def test_goes_from_a_push_to_production_and_stops_a_mistake(self):
        # Some 60 builds, and nothing of it depends on how long they take.
        done = subprocess.run([BINARY, "demo"], text=True, capture_output=True, timeout=840, stdin=subprocess.DEVNULL,
                              env=clean_environment())

        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        chapters = re.split(r"\n\n(?=A push|One changed|To staging|A mistake)", done.stdout)
        system, development, one, promotion, mistake = chapters
        self.assertIn("prepared the tooling account and 3 target accounts: 5 stacks", system)
        self.assertIn("deployed 16 pipelines and the webhook http://127.0.0.1:", system)
        self.assertIn(f"pushed the center to develop: the router started {EVERY}\n", development)
        for project in EVERY.split(", "):
            self.assertRegex(development, rf"  {project}: delivered to us-east-1, us-west-2\n")
        self.assertIn("said 'sales': queue ACME_Sales", development)
        self.assertIn("planned from this machine: nothing to change\n", development)
        self.assertRegex(development, r"\d\d:\d\d  bot      Sales, with pleasure\.\n")
        self.assertIn("pushed one changed flow to develop: the router started contact-flows\n", one)
        self.assertIn("of 8 flows and modules only ACME_Main was updated\n", one)
        self.assertIn(f"to staging: the router started {EVERY}\n", promotion)
        self.assertIn("  contact-flows: approved, then delivered to us-east-1", promotion)
        self.assertIn("to main: the router started contact-flows\n", mistake)
        self.assertIn("contact-flows: stopped in stage Build, before anybody was asked\n", mistake)
        self.assertIn("production is as it was\n", mistake)
