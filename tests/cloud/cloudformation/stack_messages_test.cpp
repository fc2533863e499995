#include <fmt/format.h>

#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::StartsWith;

// The words of refusals that clients and their users know.
class StackMessages : public StackTest {
 protected:
  // The error of CreateStack; empty: it was made.
  std::string Refusal(const std::string& body, const json::Object& more = {}) {
    json::Object input{{"StackName", "acme"}, {"TemplateBody", body}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    return Ask("cloudformation", "CreateStack", input).message;
  }
  static json::Object Outputs(json::Object body) {
    return {{"Outputs", json::Object{{"O", std::move(body)}}}};
  }
  static json::Object Mapping(json::Value top) {
    return {{"Mappings", json::Object{{"M", json::Object{{"Top", std::move(top)}}}}}};
  }
};

TEST_F(StackMessages, NameTheNullsOfATemplate) {
  const json::Object resources{{"A", Parameter("/a", "1")}};

  EXPECT_EQ(Refusal(Template(resources, Outputs({{"Value", nullptr}}))),
            "[/Outputs/O/Value] 'null' values are not allowed in templates");
  EXPECT_EQ(Refusal(Template(resources, Outputs({}))),
            "Template format error: Every Outputs member must contain a Value object");
  EXPECT_EQ(Refusal(Template({{"A", "text"}})),
            "Template format error: Any Resources member must be an object.");
}

TEST_F(StackMessages, SayWhatAMappingMustBe) {
  const json::Object resources{{"A", Parameter("/a", "1")}};

  EXPECT_EQ(Refusal(Template(resources, Mapping("flat"))),
            "Template format error: Every Mappings member Top must be a map");
  const json::Object reference{{"Second", json::Object{{"Ref", "A"}}}};
  EXPECT_EQ(Refusal(Template(resources, Mapping(reference))),
            "Template format error: Every Mappings attribute must be a String or a List.");
}

TEST_F(StackMessages, MissAMappedValueBeforeAnythingIsMade) {
  const json::Object look_up{{"Fn::FindInMap", json::Array{"M", "Top", "Third"}}};
  const json::Object second{{"Second", "x"}};

  EXPECT_EQ(Refusal(Template({{"A", Parameter("/a", look_up)}}, Mapping(second))),
            "Template error: Unable to get mapping for M::Top::Third");
}

TEST_F(StackMessages, NameTheTypesThatAreAllowed) {
  EXPECT_EQ(Refusal(Template({{"A", Parameter("/a", "1")}}),
                    {{"ResourceTypes", json::Array{"AWS::EC2::*"}}}),
            "Resource type AWS::SSM::Parameter is not allowed by parameter ResourceTypes "
            "[AWS::EC2::*]");
}

TEST_F(StackMessages, CheckRollbackTriggers) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  const auto trigger = [](std::string_view type, std::string_view arn) {
    json::Array triggers{json::Object{{"Type", type}, {"Arn", arn}}};
    return json::Object{
        {"RollbackConfiguration", json::Object{{"RollbackTriggers", std::move(triggers)}}}};
  };

  EXPECT_EQ(Refusal(body, trigger("AWS::SNS::Topic", "arn:aws:sns:eu-central-1:111122223333:t")),
            "Rollback Trigger Type not supported");
  EXPECT_EQ(Refusal(body, trigger("AWS::CloudWatch::Alarm",
                                  "arn:aws:cloudwatch:eu-central-1:111122223333:no")),
            "RelativeId of a Rollback Trigger's ARN is incorrect");
}

TEST_F(StackMessages, RefuseStackPoliciesOfAnotherForm) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  const auto set = [&](std::string_view text) {
    return Ask("cloudformation", "SetStackPolicy",
               {{"StackName", "acme"}, {"StackPolicyBody", text}});
  };

  EXPECT_THAT(set("{}"), Succeeds());
  EXPECT_THAT(set(R"({"Statement":{"Effect":"Deny","Action":"Delete:*","Principal":"*"}})"),
              Fails(400, "ValidationError", "Error validating stack policy: Invalid stack policy"));
  EXPECT_THAT(set(R"({"Statement":{"Effect":"Deny","Action":"Update:*","Principal":{"AWS":"*"}}})"),
              Fails(400, "ValidationError", "Error validating stack policy: Invalid stack policy"));
}

TEST_F(StackMessages, GiveTheMetadataOfATemplateAsPythonPrintsIt) {
  const json::Object summary = Do(
      "cloudformation", "GetTemplateSummary",
      {{"TemplateBody", Template({{"A", Parameter("/a", "1")}},
                                 {{"Metadata", json::Object{{"Name", "it's"}, {"On", true}}}})}});

  EXPECT_EQ(summary.GetString("Metadata"), R"({'Name': "it's", 'On': True})");
  EXPECT_FALSE(summary.Has("Capabilities"));
}

class StackEvents : public StackTest {
 protected:
  struct Shown {
    std::string status;
    std::string physical;
    std::string properties;
    std::string id;
  };
  // Of one resource, oldest first.
  std::vector<Shown> EventsOf(std::string_view stack, std::string_view logical_id) {
    const json::Object answer = Do("cloudformation", "DescribeStackEvents", {{"StackName", stack}});
    std::vector<Shown> shown;
    for (const json::Value& item : answer.GetArray("StackEvents")) {
      const json::Object& event = item.AsObject();
      if (event.GetString("LogicalResourceId") != logical_id) continue;
      shown.insert(shown.begin(),
                   {.status = std::string(event.GetString("ResourceStatus")),
                    .physical = std::string(event.GetString("PhysicalResourceId")),
                    .properties = std::string(event.GetString("ResourceProperties", "(none)")),
                    .id = std::string(event.GetString("EventId"))});
    }
    return shown;
  }
  static std::vector<std::string> Lines(const std::vector<Shown>& events) {
    std::vector<std::string> lines;
    for (const Shown& event : events) lines.push_back(event.status + " " + event.physical);
    return lines;
  }
};

TEST_F(StackEvents, TellOfTheNewResourceOfAReplacement) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  Update("acme", Template({{"A", Parameter("/b", "1")}}));

  EXPECT_THAT(Lines(EventsOf("acme", "A")),
              ElementsAre("CREATE_IN_PROGRESS ", "CREATE_IN_PROGRESS /a", "CREATE_COMPLETE /a",
                          "UPDATE_IN_PROGRESS /a", "UPDATE_IN_PROGRESS /b", "UPDATE_COMPLETE /b",
                          "DELETE_IN_PROGRESS /a", "DELETE_COMPLETE /a"));
}

TEST_F(StackEvents, ShowPropertiesButForACleanup) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  Update("acme", Template({{"A", Parameter("/b", "1")}}));

  const std::vector<Shown> events = EventsOf("acme", "A");

  ASSERT_EQ(events.size(), 8U);
  EXPECT_EQ(events[2].properties, R"({"Type":"String","Value":"1","Name":"/a"})");
  EXPECT_EQ(events[5].properties, R"({"Type":"String","Value":"1","Name":"/b"})");
  EXPECT_EQ(events[7].properties, "(none)");
  EXPECT_THAT(events[5].id, StartsWith("A-UPDATE_COMPLETE-2"));
  EXPECT_THAT(events[5].id, EndsWith("Z"));
  EXPECT_THAT(events[7].id, ::testing::Not(StartsWith("A-DELETE")));
}

TEST_F(StackEvents, NeverShowAHiddenParameter) {
  const json::Object hidden{{"Type", "String"}, {"NoEcho", true}};
  const std::string body = Template({{"A", Parameter("/a", json::Object{{"Ref", "P"}})}},
                                    {{"Parameters", json::Object{{"P", hidden}}}});
  const json::Array parameters{json::Object{{"ParameterKey", "P"}, {"ParameterValue", "secret"}}};
  Create("acme", body, {{"Parameters", parameters}});
  const std::string id(Stack("acme").GetString("StackId"));
  Delete("acme");

  for (const Shown& event : EventsOf(id, "A"))
    EXPECT_EQ(event.properties, R"({"Type":"String","Value":"****","Name":"/a"})");
}

TEST_F(StackEvents, BelongToAnOperation) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  Update("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("aws-refused", "1")}}));

  const json::Array operations = Stack("acme").GetArray("LastOperations");

  ASSERT_EQ(operations.size(), 2U);
  EXPECT_EQ(operations[0].AsObject().GetString("OperationType"), "ROLLBACK");
  EXPECT_EQ(operations[1].AsObject().GetString("OperationType"), "UPDATE_STACK");
  const json::Object failed =
      Do("cloudformation", "DescribeEvents",
         {{"OperationId", operations[1].AsObject().GetString("OperationId")},
          {"Filters", json::Object{{"FailedEvents", true}}}});
  ASSERT_EQ(failed.GetArray("OperationEvents").size(), 1U);
  EXPECT_EQ(failed.GetArray("OperationEvents")[0].AsObject().GetString("LogicalResourceId"), "B");
}

}  // namespace
}  // namespace trunkline::cloud::tests
