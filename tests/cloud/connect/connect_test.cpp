#include "tests/cloud/connect/connect_test.h"

#include <fmt/format.h>

#include "base/json_write.h"

namespace trunkline::cloud::tests {

json::Object Merged(json::Object object, const json::Object& more) {
  for (const json::Member& member : more) object.Set(member.key, member.value);
  return object;
}

std::vector<std::string> Names(const json::Array& list, std::string_view member) {
  std::vector<std::string> names;
  for (const json::Value& value : list) names.emplace_back(value.AsObject().GetString(member));
  return names;
}

ConnectTest::ConnectTest() {
  instance_ = MakeInstance("acme");
}

std::string ConnectTest::MakeInstance(std::string_view alias) {
  const json::Object output = Do("connect", "CreateInstance",
                                 {{"IdentityManagementType", "CONNECT_MANAGED"},
                                  {"InstanceAlias", alias},
                                  {"InboundCallsEnabled", true},
                                  {"OutboundCallsEnabled", false}});
  Advance(Milliseconds(100));
  return std::string(output.GetString("Id"));
}

Answered ConnectTest::AskConnect(std::string_view operation, json::Object input) {
  if (!input.Has("InstanceId")) input.Set("InstanceId", instance_);
  return Ask("connect", operation, input);
}

json::Object ConnectTest::DoConnect(std::string_view operation, json::Object input) {
  if (!input.Has("InstanceId")) input.Set("InstanceId", instance_);
  return Do("connect", operation, input);
}

std::string ConnectTest::InstanceArn() const {
  return fmt::format("arn:aws:connect:{}:{}:instance/{}", region(), account(), instance_);
}

std::string ConnectTest::IdOf(std::string_view list_operation, std::string_view member,
                              std::string_view name) {
  const json::Object output = DoConnect(list_operation);
  for (const json::Value& row : output.GetArray(member)) {
    if (row.AsObject().GetString("Name") == name)
      return std::string(row.AsObject().GetString("Id"));
  }
  ADD_FAILURE() << list_operation << " does not list '" << name << "'";
  return {};
}

void ConnectTest::PutObject(std::string_view bucket, std::string_view key, std::string_view bytes) {
  Do("s3", "CreateBucket",
     {{"Bucket", bucket},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  Do("s3", "PutObject", {{"Bucket", bucket}, {"Key", key}, {"Body", bytes}});
}

std::string SayingFlow(std::string_view text) {
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"say","Actions":[)"
      R"({{"Identifier":"say","Type":"MessageParticipant","Parameters":{{"Text":{}}},)"
      R"("Transitions":{{"NextAction":"end","Errors":[{{"ErrorType":"NoMatchingError","NextAction":"end"}}]}}}},)"
      R"({{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
      json::Quote(text));
}

std::string EmptyModule() {
  return R"({"Version":"2019-10-30","StartAction":"end","Actions":[)"
         R"({"Identifier":"end","Type":"EndFlowModuleExecution","Parameters":{},"Transitions":{}}],)"
         R"("Settings":{"InputParameters":[],"OutputParameters":[],"Transitions":[)"
         R"({"DisplayName":"Success","ReferenceName":"Success","Description":""},)"
         R"({"DisplayName":"Error","ReferenceName":"Error","Description":""}]}})";
}

}  // namespace trunkline::cloud::tests
