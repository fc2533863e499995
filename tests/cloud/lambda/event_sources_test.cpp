#include <fmt/format.h>

#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class EventSources : public LambdaTest {
 protected:
  EventSources() {
    MakeFunction();
    MakeQueue("work");
  }
  void MakeQueue(std::string_view name, json::Object attributes = {}) {
    Do("sqs", "CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}});
  }
  std::string QueueArn(std::string_view name = "work") const {
    return fmt::format("arn:aws:sqs:{}:{}:{}", region(), account(), name);
  }
  Answered AskCreate(std::string_view queue = "work", json::Object more = {}) {
    json::Object input{{"EventSourceArn", QueueArn(queue)}};
    for (json::Member& member : more) input.Set(member.key, std::move(member.value));
    return AskLambda("CreateEventSourceMapping", std::move(input));
  }
  std::string Create(std::string_view queue = "work", json::Object more = {}) {
    return std::string(AskCreate(queue, std::move(more)).output.GetString("UUID"));
  }
  json::Object Get(const std::string& id) {
    return Do("lambda", "GetEventSourceMapping", {{"UUID", id}});
  }
  std::string State(const std::string& id) { return std::string(Get(id).GetString("State")); }
};

TEST_F(EventSources, AreMadeAndEnabledAMomentLater) {
  const json::Object made = DoLambda("CreateEventSourceMapping", {{"EventSourceArn", QueueArn()}});

  EXPECT_EQ(made.GetString("State"), "Creating");
  EXPECT_EQ(made.GetInt("BatchSize"), 10);
  EXPECT_EQ(made.GetString("FunctionArn"), FunctionArn());
  const std::string id(made.GetString("UUID"));
  EXPECT_THAT(std::string(made.GetString("EventSourceMappingArn")),
              HasSubstr(":event-source-mapping:" + id));
  Settle();
  EXPECT_EQ(State(id), "Enabled");
}

TEST_F(EventSources, AreDisabledEnabledAndDeleted) {
  const std::string id = Create("work", {{"Enabled", false}});
  Settle();
  EXPECT_EQ(State(id), "Disabled");

  EXPECT_EQ(
      Do("lambda", "UpdateEventSourceMapping", {{"UUID", id}, {"Enabled", true}, {"BatchSize", 5}})
          .GetString("State"),
      "Enabling");
  Settle();
  EXPECT_EQ(State(id), "Enabled");
  EXPECT_EQ(Get(id).GetInt("BatchSize"), 5);
  Restart();
  EXPECT_EQ(State(id), "Enabled");
  EXPECT_EQ(Do("lambda", "DeleteEventSourceMapping", {{"UUID", id}}).GetString("State"),
            "Deleting");
  Settle();
  EXPECT_THAT(
      Ask("lambda", "GetEventSourceMapping", {{"UUID", id}}),
      Fails(404, "ResourceNotFoundException", "The resource you requested does not exist."));
}

TEST_F(EventSources, AreListedByFunctionAndQueueInPages) {
  MakeQueue("other");
  Create();
  Create("other");

  const json::Object first = DoLambda("ListEventSourceMappings", {{"MaxItems", 1}});
  EXPECT_EQ(first.GetArray("EventSourceMappings").size(), 1U);
  const json::Object rest = DoLambda("ListEventSourceMappings",
                                     {{"MaxItems", 1}, {"Marker", first.GetString("NextMarker")}});
  EXPECT_EQ(rest.GetArray("EventSourceMappings").size(), 1U);
  EXPECT_FALSE(rest.Has("NextMarker"));
  const json::Object of_queue =
      Do("lambda", "ListEventSourceMappings", {{"EventSourceArn", QueueArn("other")}});
  EXPECT_EQ(of_queue.GetArray("EventSourceMappings").size(), 1U);
}

TEST_F(EventSources, NeedAQueueThatIsThereAndPatientEnough) {
  MakeQueue("hasty", {{"VisibilityTimeout", "1"}});

  EXPECT_THAT(AskCreate("none"), Fails(400, "InvalidParameterValueException",
                                       HasSubstr("The specified queue does not exist")));
  EXPECT_THAT(
      AskCreate("hasty"),
      Fails(400, "InvalidParameterValueException",
            HasSubstr("Queue visibility timeout: 1 seconds is less than Function timeout")));
  EXPECT_THAT(Ask("lambda", "CreateEventSourceMapping",
                  {{"FunctionName", "none"}, {"EventSourceArn", QueueArn()}}),
              Fails(400, "InvalidParameterValueException", "Function does not exist"));
}

TEST_F(EventSources, AreOneForAQueueAndAFunction) {
  const std::string id = Create();

  EXPECT_THAT(AskCreate(), Fails(409, "ResourceConflictException", HasSubstr("UUID " + id)));
}

TEST_F(EventSources, RefuseWhatQueuesDoNotHave) {
  EXPECT_THAT(AskCreate("work", {{"ParallelizationFactor", 2}}),
              Fails(400, "InvalidParameterValueException", HasSubstr("ParallelizationFactor")));
  EXPECT_THAT(AskCreate("work", {{"BatchSize", 100}}),
              Fails(400, "InvalidParameterValueException", HasSubstr("greater than 0")));
  const json::Object filter{{"Pattern", "{\"body\": 1}"}};
  EXPECT_THAT(
      AskCreate("work", {{"FilterCriteria", json::Object{{"Filters", json::Array{filter}}}}}),
      Fails(400, "InvalidParameterValueException", HasSubstr("Invalid filter pattern")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
