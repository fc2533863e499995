"""CloudWatch and EventBridge Scheduler through boto3 and the AWS CLI: metrics, alarms that act, dashboards, schedules; a restart."""
import datetime
import json

from clients import ClientTest, create_open_queue, until
from running_cloud import ACCOUNT


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class MetricsTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.metrics = self.cloud.client("cloudwatch")

    def put(self, name, value, **more):
        self.metrics.put_metric_data(Namespace="Shop", MetricData=[{"MetricName": name, "Value": value, **more}])

    def statistics(self, name, **more):
        return self.metrics.get_metric_statistics(
            Namespace="Shop", MetricName=name, StartTime=now() - datetime.timedelta(minutes=10), EndTime=now() + datetime.timedelta(minutes=1),
            Period=3600, **more)["Datapoints"]

    def test_data_comes_back_as_statistics_after_a_restart(self):
        self.put("Load", 1.5, Unit="Percent")
        self.put("Load", 2.5, Unit="Percent")
        self.cloud.restart()
        self.setUp()

        point, = self.statistics("Load", Statistics=["Sum", "Average", "SampleCount"], ExtendedStatistics=["p100"])

        self.assertEqual((point["Sum"], point["Average"], point["SampleCount"], point["Unit"]), (4, 2, 2, "Percent"))
        self.assertEqual(point["ExtendedStatistics"], {"p100": 2.5})

    def test_metrics_are_listed_by_dimensions(self):
        self.put("Sized", 1, Dimensions=[{"Name": "Host", "Value": "a"}])
        self.put("Sized", 1, Dimensions=[{"Name": "Host", "Value": "b"}])

        found = self.metrics.list_metrics(Namespace="Shop", Dimensions=[{"Name": "Host", "Value": "b"}])["Metrics"]

        self.assertEqual(found, [{"Namespace": "Shop", "MetricName": "Sized", "Dimensions": [{"Name": "Host", "Value": "b"}]}])

    def test_math_is_done_over_metrics(self):
        self.put("Calls", 8)
        self.put("Errors", 2)

        def stat(name):
            return {"Metric": {"Namespace": "Shop", "MetricName": name}, "Period": 3600, "Stat": "Sum"}

        answer = self.metrics.get_metric_data(
            MetricDataQueries=[{"Id": "calls", "MetricStat": stat("Calls"), "ReturnData": False},
                               {"Id": "errors", "MetricStat": stat("Errors"), "ReturnData": False},
                               {"Id": "rate", "Expression": "100 * errors / calls", "Label": "rate"}],
            StartTime=now() - datetime.timedelta(minutes=10), EndTime=now() + datetime.timedelta(minutes=1))

        result, = answer["MetricDataResults"]
        self.assertEqual((result["Id"], result["Label"], result["Values"], result["StatusCode"]), ("rate", "rate", [25], "Complete"))

    def test_what_is_wrong_is_refused(self):
        self.refused("InvalidParameterValue", self.metrics.put_metric_data, Namespace="AWS/Mine", MetricData=[{"MetricName": "a", "Value": 1}])
        self.refused("ResourceNotFound", self.metrics.set_alarm_state, AlarmName="nope", StateValue="OK", StateReason="x")
        self.refused("ResourceNotFound", self.metrics.get_dashboard, DashboardName="nope")

    def alarm(self, name):
        return self.metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]

    def test_an_alarm_goes_off_and_tells_its_topic(self):
        queues, topics = self.cloud.client("sqs"), self.cloud.client("sns")
        queue = create_open_queue(queues, "letters")
        topic = topics.create_topic(Name="alerts")["TopicArn"]
        topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:us-east-1:{ACCOUNT}:letters", Attributes={"RawMessageDelivery": "true"})
        self.metrics.put_metric_alarm(
            AlarmName="much", Namespace="Shop", MetricName="Heat", Statistic="Maximum", Period=60, EvaluationPeriods=1, Threshold=30,
            ComparisonOperator="GreaterThanThreshold", AlarmActions=[topic], Tags=[{"Key": "team", "Value": "blue"}])

        self.put("Heat", 31)

        until(lambda: self.alarm("much")["StateValue"], "ALARM")
        letter = json.loads(queues.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]["Body"])
        self.assertEqual((letter["NewStateValue"], letter["Trigger"]["MetricName"]), ("ALARM", "Heat"))
        kinds = [item["HistoryItemType"] for item in self.metrics.describe_alarm_history(AlarmName="much")["AlarmHistoryItems"]]
        self.assertEqual(kinds, ["Action", "StateUpdate", "ConfigurationUpdate"])
        self.metrics.put_composite_alarm(AlarmName="any", AlarmRule="ALARM(much)")
        until(lambda: self.metrics.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"][0]["StateValue"], "ALARM")
        self.metrics.delete_alarms(AlarmNames=["any", "much"])

    def test_a_dashboard_by_the_command_line(self):
        body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "hi"}}]})
        self.cloud.aws("cloudwatch", "put-dashboard", "--dashboard-name", "main", "--dashboard-body", body)

        got = self.cloud.aws("cloudwatch", "get-dashboard", "--dashboard-name", "main")

        self.assertEqual((got["DashboardArn"], got["DashboardBody"]), (f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/main", body))
        self.cloud.aws("cloudwatch", "delete-dashboards", "--dashboard-names", "main")

    def test_a_schedule_calls_a_queue(self):
        role = self.cloud.client("iam").create_role(RoleName="scheduler", AssumeRolePolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
        queues, schedules = self.cloud.client("sqs"), self.cloud.client("scheduler")
        queue = queues.create_queue(QueueName="calls")["QueueUrl"]
        schedules.create_schedule_group(Name="nights")
        schedules.create_schedule(
            Name="first", GroupName="nights", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:calls", "RoleArn": role, "Input": "{\"n\": 1}"})

        message = queues.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]

        self.assertEqual(message["Body"], "{\"n\": 1}")
        self.assertEqual([row["Name"] for row in schedules.list_schedules(GroupName="nights")["Schedules"]], ["first"])
        schedules.delete_schedule_group(Name="nights")
        self.refused("ResourceNotFoundException", schedules.get_schedule, Name="first", GroupName="nights")
