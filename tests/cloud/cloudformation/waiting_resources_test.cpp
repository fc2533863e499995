// Resources that wait for somebody: custom resources, wait conditions, nested stacks.
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services.h"
#include "tests/cloud/cloudformation/nested_stack_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kFunction = "arn:aws:lambda:eu-central-1:111122223333:function:maker";
constexpr Kind kAsked{"test", "asked"};

// A macro that adds the resource "Added" to the template.
std::string Transformed(std::string_view payload) {
  const json::Object event = json::Parse(payload).value().AsObject();
  json::Object fragment = event.GetObject("fragment");
  json::Object properties{
      {"Type", "String"}, {"Name", "/added"}, {"Value", event.GetString("transformId")}};
  json::Object resources = fragment.GetObject("Resources");
  resources.Set("Added", json::Object{{"Type", "AWS::SSM::Parameter"},
                                      {"Properties", std::move(properties)}});
  fragment.Set("Resources", std::move(resources));
  return json::Write(json::Value(json::Object{{"requestId", event.At("requestId")},
                                              {"status", "success"},
                                              {"fragment", std::move(fragment)}}));
}

// lambda:Invoke keeps what it is asked: the test answers in its place.
Answer<> Keep(Context& context, const json::Object& input) {
  const std::size_t count = context.store.List(Context::GlobalScope(), kAsked).size();
  const std::string id = fmt::format("{:03}", count);
  context.store.Put(
      Context::GlobalScope(), kAsked,
      {.id = id, .parent = {}, .name = id, .body = {{"Payload", input.GetString("Payload")}}});
  if (input.GetString("InvocationType") == "Event") return json::Object{{"StatusCode", 202}};
  return json::Object{{"StatusCode", 200}, {"Payload", Transformed(input.GetString("Payload"))}};
}

FakeServices& Fakes() {
  static FakeServices* fakes = [] {
    auto* made = new FakeServices;
    made->Add("lambda", {{.name = "Invoke", .handle = Keep}});
    return made;
  }();
  return *fakes;
}

CloudOptions WithFakeLambda() {
  static const std::vector<const Service*> services{Fakes().all()[0], &kCloudformationService,
                                                    &kIamService,     &kS3Service,
                                                    &kSsmService,     &kStsService};
  CloudOptions options;
  options.services = services;
  return options;
}

class CustomResources : public StackTest {
 protected:
  CustomResources() : StackTest(WithFakeLambda()) {}

  static json::Object Custom(json::Object properties) {
    properties.Set("ServiceToken", kFunction);
    return {{"Type", "Custom::Thing"}, {"Properties", std::move(properties)}};
  }
  void Begin(const std::string& body) {
    Do("cloudformation", "CreateStack", {{"StackName", "acme"}, {"TemplateBody", body}});
    Advance(std::chrono::seconds(1));
  }
  std::vector<json::Object> Asked() {
    std::vector<json::Object> made;
    for (const Record* record : store().List(Context::GlobalScope(), kAsked))
      made.push_back(json::Parse(record->body.GetString("Payload")).value().AsObject());
    return made;
  }
  // Answers the last request, as a function does.
  int Reply(std::string_view status, std::string_view physical_id, json::Object data = {}) {
    const json::Object asked = Asked().back();
    json::Object body{{"Status", status},
                      {"Reason", "because"},
                      {"PhysicalResourceId", physical_id},
                      {"StackId", asked.At("StackId")},
                      {"RequestId", asked.At("RequestId")},
                      {"LogicalResourceId", asked.At("LogicalResourceId")},
                      {"Data", std::move(data)}};
    return Put(asked.GetString("ResponseURL"), json::Write(json::Value(std::move(body))));
  }
  int Put(std::string_view url, std::string body) {
    net::Request request;
    request.method = "PUT";
    request.target = std::string(url.substr(url.find("/_trunkline")));
    request.headers.Set("Host", "127.0.0.1:4566");
    request.body = std::move(body);
    const int status = Send(std::move(request)).status;
    Advance(std::chrono::seconds(1));
    return status;
  }
};

TEST_F(CustomResources, AskAFunctionAndGiveWhatItAnswers) {
  const json::Object attribute{{"Fn::GetAtt", "C.Key"}};
  Begin(Template(
      {{"C", Custom({{"Number", 5}, {"Flag", true}})}, {"A", Parameter("/a", attribute)}}));
  ASSERT_THAT(Asked(), SizeIs(1));
  const json::Object asked = Asked()[0];
  EXPECT_EQ(asked.GetString("RequestType"), "Create");
  EXPECT_EQ(asked.GetString("ResourceType"), "Custom::Thing");
  EXPECT_EQ(asked.GetObject("ResourceProperties").GetString("Number"), "5");
  EXPECT_EQ(asked.GetObject("ResourceProperties").GetString("Flag"), "true");

  EXPECT_EQ(Reply("SUCCESS", "thing-1", {{"Key", "answer"}}), 200);

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=answer"));
}

TEST_F(CustomResources, ThatFailAreAskedToDeleteWhatTheyMade) {
  Begin(Template({{"C", Custom({})}}));
  Reply("FAILED", "half-made");
  ASSERT_THAT(Asked(), SizeIs(2));
  EXPECT_EQ(Asked()[1].GetString("RequestType"), "Delete");
  EXPECT_EQ(Asked()[1].GetString("PhysicalResourceId"), "half-made");

  Reply("SUCCESS", "half-made");

  EXPECT_EQ(Status("acme"), "ROLLBACK_COMPLETE");
  EXPECT_THAT(Reason("acme", "C", "CREATE_FAILED"),
              HasSubstr("Received response status [FAILED] from custom resource. Message returned: "
                        "because"));
}

TEST_F(CustomResources, WithAnotherPhysicalIdAreReplaced) {
  Begin(Template({{"C", Custom({{"V", "1"}})}}));
  Reply("SUCCESS", "one");
  Do("cloudformation", "UpdateStack",
     {{"StackName", "acme"}, {"TemplateBody", Template({{"C", Custom({{"V", "2"}})}})}});
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(Asked()[1].GetString("RequestType"), "Update");
  EXPECT_EQ(Asked()[1].GetObject("OldResourceProperties").GetString("V"), "1");

  Reply("SUCCESS", "two");
  ASSERT_THAT(Asked(), SizeIs(3));
  EXPECT_EQ(Asked()[2].GetString("RequestType"), "Delete");
  EXPECT_EQ(Asked()[2].GetString("PhysicalResourceId"), "one");
  Reply("SUCCESS", "one");

  EXPECT_EQ(Status("acme"), "UPDATE_COMPLETE");
}

TEST_F(CustomResources, ThatDoNotAnswerTimeOut) {
  Begin(Template({{"C", Custom({{"ServiceTimeout", 60}})}}));
  Advance(std::chrono::seconds(61));

  EXPECT_THAT(Reason("acme", "C", "CREATE_FAILED"),
              HasSubstr("did not receive a response from your Custom Resource"));
}

TEST_F(CustomResources, AreWaitedForOverARestart) {
  Begin(Template({{"C", Custom({})}}));

  Restart();
  Advance(std::chrono::seconds(1));
  EXPECT_THAT(Asked(), SizeIs(1));
  Reply("SUCCESS", "thing");

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
}

TEST_F(CustomResources, AnswersThatAreTooLargeOrToNobodyAreRefused) {
  Begin(Template({{"C", Custom({})}}));
  const std::string url(Asked()[0].GetString("ResponseURL"));

  EXPECT_EQ(Put(url, std::string(5000, 'x')), 400);
  EXPECT_EQ(Put(url + "x", "{}"), 403);
}

TEST_F(CustomResources, DoNotHoldUpAStackThatFails) {
  json::Object bad = Parameter("aws-refused", "1");
  bad.Set("DependsOn", "P");
  Begin(Template({{"C", Custom({})}, {"P", Parameter("/p", "1")}, {"Bad", std::move(bad)}}));

  ASSERT_FALSE(Asked().empty());
  EXPECT_EQ(Asked().back().GetString("RequestType"), "Delete");
  Reply("SUCCESS", "x");
  EXPECT_EQ(Status("acme"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(Reason("acme", "C", "CREATE_FAILED"), "Resource creation cancelled");
}

TEST_F(CustomResources, AStackThatIsBeingMadeCanBeDeleted) {
  Begin(Template({{"C", Custom({})}}));
  const std::string id(Stack("acme").GetString("StackId"));

  Do("cloudformation", "DeleteStack", {{"StackName", "acme"}});
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(Asked().back().GetString("RequestType"), "Delete");
  Reply("SUCCESS", "x");

  EXPECT_EQ(Status(id), "DELETE_COMPLETE");
}

TEST_F(CustomResources, AnUpdateCanBeCancelled) {
  Begin(Template({{"A", Parameter("/a", "1")}}));
  Do("cloudformation", "UpdateStack",
     {{"StackName", "acme"},
      {"TemplateBody", Template({{"A", Parameter("/a", "2")},
                                 {"C", Custom({{"Needs", json::Object{{"Ref", "A"}}}})}})}});
  Advance(std::chrono::seconds(1));
  EXPECT_THAT(Ask("cloudformation", "DeleteStack", {{"StackName", "acme"}}),
              Fails(400, "ValidationError",
                    HasSubstr("cannot be deleted while in status UPDATE_IN_PROGRESS")));

  Do("cloudformation", "CancelUpdateStack", {{"StackName", "acme"}});
  Advance(std::chrono::seconds(1));
  Reply("SUCCESS", "x");

  EXPECT_EQ(Status("acme"), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1"));
}

TEST_F(CustomResources, ACreationHasTheTimeItIsGiven) {
  Do("cloudformation", "CreateStack",
     {{"StackName", "acme"},
      {"TimeoutInMinutes", 1},
      {"TemplateBody", Template({{"C", Custom({})}})}});
  Advance(std::chrono::seconds(62));
  Reply("SUCCESS", "x");

  EXPECT_EQ(Status("acme"), "ROLLBACK_COMPLETE");
  EXPECT_THAT(Reason("acme", "acme", "ROLLBACK_IN_PROGRESS"),
              HasSubstr("exceeded the specified timeout"));
}

TEST_F(CustomResources, WaitConditionsWaitForSignals) {
  const json::Object handle{{"Ref", "H"}};
  Begin(Template(
      {{"H", json::Object{{"Type", "AWS::CloudFormation::WaitConditionHandle"}}},
       {"W", json::Object{{"Type", "AWS::CloudFormation::WaitCondition"},
                          {"Properties",
                           json::Object{{"Handle", handle}, {"Timeout", "60"}, {"Count", 2}}}}},
       {"A", Parameter("/a", json::Object{{"Fn::GetAtt", "W.Data"}})}}));
  const std::string url(Do("cloudformation", "DescribeStackResource",
                           {{"StackName", "acme"}, {"LogicalResourceId", "H"}})
                            .GetObject("StackResourceDetail")
                            .GetString("PhysicalResourceId"));

  EXPECT_EQ(Put(url, R"({"Status":"SUCCESS","UniqueId":"1","Reason":"r","Data":"one"})"), 200);
  EXPECT_EQ(Status("acme"), "CREATE_IN_PROGRESS");
  Put(url, R"({"Status":"SUCCESS","UniqueId":"2","Reason":"r","Data":"two"})");

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre(R"(/a={"1":"one","2":"two"})"));
  EXPECT_EQ(Do("cloudformation", "DescribeStackResource",
               {{"StackName", "acme"}, {"LogicalResourceId", "W"}})
                .GetObject("StackResourceDetail")
                .GetString("PhysicalResourceId"),
            std::string(Stack("acme").GetString("StackId")) + "/H");
}

TEST_F(CustomResources, MacrosTransformTheTemplate) {
  const json::Object macro{
      {"Type", "AWS::CloudFormation::Macro"},
      {"Properties", json::Object{{"Name", "Adder"}, {"FunctionName", kFunction}}}};
  Create("macros", Template({{"M", macro}}));

  EXPECT_EQ(Create("acme", Template({{"A", Parameter("/a", "1")}}, {{"Transform", "Adder"}}),
                   {{"Capabilities", json::Array{"CAPABILITY_AUTO_EXPAND"}}}),
            "CREATE_COMPLETE");

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/added=111122223333::Adder"));
  EXPECT_THAT(
      Ask("cloudformation", "CreateStack",
          {{"StackName", "x"},
           {"Capabilities", json::Array{"CAPABILITY_AUTO_EXPAND"}},
           {"TemplateBody", Template({{"A", Parameter("/x", "1")}}, {{"Transform", "No"}})}}),
      Fails(400, "ValidationError", "No transform named 111122223333::No found."));
}

class NestedStacks : public NestedStackTest {};

TEST_F(NestedStacks, AreMadeUpdatedAndDeletedWithTheirParent) {
  Store("child", Child("/child"));
  const json::Object output{{"Fn::GetAtt", "N.Outputs.Name"}};

  EXPECT_EQ(Create("acme", Template({{"N", Nested("child", {{"V", "1"}})},
                                     {"B", Parameter("/b", output)}})),
            "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/b=/child", "/child=1"));
  EXPECT_EQ(Update("acme", Template({{"N", Nested("child", {{"V", "2"}})},
                                     {"B", Parameter("/b", output)}})),
            "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/b=/child", "/child=2"));
  EXPECT_EQ(Delete("acme"), "DELETE_COMPLETE");
  EXPECT_THAT(ParameterStore(), IsEmpty());
}

TEST_F(NestedStacks, ThatFailRollTheirParentBack) {
  Store("bad", Child("aws-refused"));

  EXPECT_EQ(Create("acme", Template({{"A", Parameter("/a", "1")}, {"N", Nested("bad")}})),
            "ROLLBACK_COMPLETE");

  EXPECT_THAT(Reason("acme", "N", "CREATE_FAILED"),
              HasSubstr("was not successfully created: The following resource(s) failed to create: "
                        "[A]."));
  EXPECT_THAT(ParameterStore(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
