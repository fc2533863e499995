"""CloudWatch Logs through boto3 and the AWS CLI: groups, streams, events, patterns, tags; errors; a restart."""
import time

from clients import ClientTest


class LogsTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.logs = self.cloud.client("logs")
        self.now = int(time.time() * 1000)

    def make(self, group, stream="one", messages=(), **more):
        self.logs.create_log_group(logGroupName=group, **more)
        return self.write(group, stream, messages) if messages else None

    def write(self, group, stream, messages):
        self.logs.create_log_stream(logGroupName=group, logStreamName=stream)
        events = [{"timestamp": self.now + index, "message": text} for index, text in enumerate(messages)]
        return self.logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)

    def test_a_group_is_made_described_and_deleted(self):
        self.make("/life", tags={"a": "1"})
        found = self.logs.describe_log_groups(logGroupNamePrefix="/life")["logGroups"]
        self.logs.delete_log_group(logGroupName="/life")

        self.assertEqual(found[0]["arn"], "arn:aws:logs:us-east-1:123456789012:log-group:/life:*")
        self.assertNotIn("retentionInDays", found[0])
        self.assertEqual(self.logs.describe_log_groups(logGroupNamePrefix="/life")["logGroups"], [])

    def test_retention(self):
        self.make("/retention")
        self.logs.put_retention_policy(logGroupName="/retention", retentionInDays=7)
        kept = self.logs.describe_log_groups(logGroupNamePrefix="/retention")["logGroups"][0]["retentionInDays"]
        self.refused("InvalidParameterException", self.logs.put_retention_policy, logGroupName="/retention", retentionInDays=8)
        self.logs.delete_retention_policy(logGroupName="/retention")

        self.assertEqual(kept, 7)
        self.assertNotIn("retentionInDays", self.logs.describe_log_groups(logGroupNamePrefix="/retention")["logGroups"][0])

    def test_groups_and_streams_in_pages(self):
        for index in range(3):
            self.make(f"/paged/{index}")
            self.logs.create_log_stream(logGroupName="/paged/0", logStreamName=f"s{index}")
        groups = self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/paged/", PaginationConfig={"PageSize": 2})
        streams = self.logs.get_paginator("describe_log_streams").paginate(logGroupName="/paged/0", PaginationConfig={"PageSize": 1})

        self.assertEqual([one["logGroupName"] for one in groups.search("logGroups[]")], ["/paged/0", "/paged/1", "/paged/2"])
        self.assertEqual([one["logStreamName"] for one in streams.search("logStreams[]")], ["s0", "s1", "s2"])

    def test_events_come_back_in_order(self):
        token = self.make("/events", messages=["first", "second ü", '{"level":"ERROR","code":7}'])
        got = self.logs.get_log_events(logGroupName="/events", logStreamName="one", startFromHead=True)

        self.assertIn("nextSequenceToken", token)
        self.assertEqual([one["message"] for one in got["events"]], ["first", "second ü", '{"level":"ERROR","code":7}'])
        self.assertEqual([one["timestamp"] for one in got["events"]], [self.now, self.now + 1, self.now + 2])

    def test_events_are_read_page_by_page_in_both_directions(self):
        self.make("/walk", messages=[str(index) for index in range(5)])
        where = {"logGroupName": "/walk", "logStreamName": "one", "limit": 2}
        first = self.logs.get_log_events(**where, startFromHead=True)
        second = self.logs.get_log_events(**where, nextToken=first["nextForwardToken"])
        third = self.logs.get_log_events(**where, nextToken=second["nextForwardToken"])
        end = self.logs.get_log_events(**where, nextToken=third["nextForwardToken"])
        back = self.logs.get_log_events(**where, nextToken=third["nextBackwardToken"])
        last = self.logs.get_log_events(**where)

        texts = [[one["message"] for one in page["events"]] for page in (first, second, third, end, back, last)]
        self.assertEqual(texts, [["0", "1"], ["2", "3"], ["4"], [], ["2", "3"], ["3", "4"]])
        self.assertEqual(end["nextForwardToken"], third["nextForwardToken"])

    def filtered(self, pattern, **more):
        pages = self.logs.get_paginator("filter_log_events").paginate(
            logGroupName="/filter", filterPattern=pattern, PaginationConfig={"PageSize": 2}, **more)
        return [one["message"] for one in pages.search("events[]")]

    def test_patterns_find_events_in_all_streams(self):
        self.make("/filter", "a", ["ERROR one", "all well", '{"level":"ERROR","code":7}'])
        self.write("/filter", "b", ["ERROR two", '{"level":"INFO","code":12}'])

        self.assertEqual(sorted(self.filtered("ERROR")), ["ERROR one", "ERROR two", '{"level":"ERROR","code":7}'])
        self.assertEqual(self.filtered("{ $.code > 10 }"), ['{"level":"INFO","code":12}'])
        self.assertEqual(self.filtered('"all well"'), ["all well"])
        self.assertEqual(sorted(self.filtered("?two ?well")), ["ERROR two", "all well"])
        self.assertEqual(self.filtered("ERROR -one", logStreamNames=["a"]), ['{"level":"ERROR","code":7}'])
        self.refused("InvalidParameterException", self.logs.filter_log_events, logGroupName="/filter", filterPattern="{ $.code >")

    def test_tags_in_both_forms(self):
        self.make("/tagged", tags={"a": "1"})
        arn = "arn:aws:logs:us-east-1:123456789012:log-group:/tagged"
        self.logs.tag_log_group(logGroupName="/tagged", tags={"b": "2"})
        self.logs.tag_resource(resourceArn=arn, tags={"c": "3"})
        self.logs.untag_log_group(logGroupName="/tagged", tags=["a"])
        self.logs.untag_resource(resourceArn=arn, tagKeys=["b"])

        self.assertEqual(self.logs.list_tags_log_group(logGroupName="/tagged")["tags"], {"c": "3"})
        self.assertEqual(self.logs.list_tags_for_resource(resourceArn=arn)["tags"], {"c": "3"})

    def test_errors(self):
        self.make("/errors")
        missing = {"logGroupName": "/none"}

        self.refused("ResourceAlreadyExistsException", self.logs.create_log_group, logGroupName="/errors")
        self.refused("ResourceNotFoundException", self.logs.delete_log_group, **missing)
        self.refused("ResourceNotFoundException", self.logs.create_log_stream, **missing, logStreamName="x")
        self.refused("ResourceNotFoundException", self.logs.get_log_events, logGroupName="/errors", logStreamName="none")
        self.refused("InvalidParameterException", self.logs.create_log_group, logGroupName="a b")

    def test_the_cli_tails_what_is_written(self):
        self.make("/tail", messages=["from the stream"])

        self.assertIn("from the stream", self.cloud.aws("logs", "tail", "/tail", "--since", "5m"))

    def test_events_survive_stop_and_kill_9(self):
        self.make("/kept", messages=["kept"])
        self.logs.put_retention_policy(logGroupName="/kept", retentionInDays=30)
        for how in ("stop", "kill"):
            self.cloud.restart(how)
            again = self.cloud.client("logs")

            events = again.get_log_events(logGroupName="/kept", logStreamName="one")["events"]
            self.assertEqual([one["message"] for one in events], ["kept"])
            self.assertEqual(again.describe_log_groups(logGroupNamePrefix="/kept")["logGroups"][0]["retentionInDays"], 30)
        again.delete_log_stream(logGroupName="/kept", logStreamName="one")
        self.assertEqual(again.describe_log_streams(logGroupName="/kept")["logStreams"], [])
