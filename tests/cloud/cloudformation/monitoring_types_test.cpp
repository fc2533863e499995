// Alarms, dashboards and schedules through stacks.
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

class MonitoringTypes : public TypesTest {};

std::string AlarmTemplate(std::string_view threshold) {
  return fmt::format(R"(
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{{Name: FunctionName, Value: f}}]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: {}
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching
      AlarmActions: [!Ref Topic]
      Tags: [{{Key: team, Value: blue}}]
  Both:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmRule: !Sub 'ALARM("${{Errors}}")'
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: '{{"widgets":[]}}'
Outputs:
  Alarm: {{Value: !Ref Errors}}
  AlarmArn: {{Value: !GetAtt Errors.Arn}}
  Composite: {{Value: !GetAtt Both.Arn}}
  Board: {{Value: !Ref Board}}
)",
                     threshold);
}

TEST_F(MonitoringTypes, AlarmsAndDashboardsLiveWithTheirStack) {
  Deploy(AlarmTemplate("1"));
  const std::string name = Output("Alarm");
  EXPECT_THAT(name, MatchesRegex("app-Errors-[A-Za-z0-9]{12}"));
  EXPECT_EQ(Output("AlarmArn"), "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + name);
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(AlarmTemplate("5"));
  EXPECT_EQ(Output("Alarm"), name);
  const json::Object described =
      Do("cloudwatch", "DescribeAlarms", {{"AlarmNames", json::Array{name}}});
  ASSERT_THAT(described.GetArray("MetricAlarms"), SizeIs(1));
  EXPECT_EQ(described.GetArray("MetricAlarms")[0].AsObject().GetDouble("Threshold"), 5);

  Delete();
  EXPECT_THAT(Do("cloudwatch", "DescribeAlarms").GetArray("MetricAlarms"), IsEmpty());
  EXPECT_THAT(Do("cloudwatch", "ListDashboards").GetArray("DashboardEntries"), IsEmpty());
}

std::string ScheduleTemplate(std::string_view expression) {
  return fmt::format(R"(
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Principal: {{Service: scheduler.amazonaws.com}}, Action: 'sts:AssumeRole'}}]}}
  Queue: {{Type: AWS::SQS::Queue}}
  Group: {{Type: AWS::Scheduler::ScheduleGroup, Properties: {{Name: nights}}}}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref Group
      FlexibleTimeWindow: {{Mode: 'OFF'}}
      ScheduleExpression: {}
      EndDate: '2030-01-01T00:00:00Z'
      Target: {{Arn: !GetAtt Queue.Arn, RoleArn: !GetAtt Role.Arn}}
Outputs:
  Name: {{Value: !Ref Nightly}}
  Arn: {{Value: !GetAtt Nightly.Arn}}
)",
                     expression);
}

TEST_F(MonitoringTypes, SchedulesLiveWithTheirStack) {
  Deploy(ScheduleTemplate("rate(1 day)"));
  const std::string name = Output("Name");
  EXPECT_EQ(Output("Arn"), "arn:aws:scheduler:eu-central-1:111122223333:schedule/nights/" + name);

  Deploy(ScheduleTemplate("rate(2 days)"));
  const json::Object got =
      Do("scheduler", "GetSchedule", {{"Name", name}, {"GroupName", "nights"}});
  EXPECT_EQ(got.GetString("ScheduleExpression"), "rate(2 days)");

  Delete();
  EXPECT_THAT(Do("scheduler", "ListSchedules").GetArray("Schedules"), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
