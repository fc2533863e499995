// ConnectTest: an embedded cloud with one active Amazon Connect instance.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

// `object` with more members, for inputs that begin alike.
json::Object Merged(json::Object object, const json::Object& more);
// The texts of a member in a list of structures.
std::vector<std::string> Names(const json::Array& list, std::string_view member = "Name");

class ConnectTest : public CloudTest {
 protected:
  ConnectTest();

  // Creates an instance in the current account and Region and waits until it is ACTIVE.
  std::string MakeInstance(std::string_view alias);

  // Connect operations on the instance: InstanceId is added to the input.
  Answered AskConnect(std::string_view operation, json::Object input = {});
  json::Object DoConnect(std::string_view operation, json::Object input = {});

  const std::string& instance() const { return instance_; }
  std::string InstanceArn() const;
  // The id of a default or made resource by its name, from a listing: IdOf("ListQueues",
  // "QueueSummaryList", "BasicQueue").
  std::string IdOf(std::string_view list_operation, std::string_view member, std::string_view name);
  std::string HoursId() {
    return IdOf("ListHoursOfOperations", "HoursOfOperationSummaryList", "Basic Hours");
  }
  std::string QueueId() { return IdOf("ListQueues", "QueueSummaryList", "BasicQueue"); }
  std::string FlowId(std::string_view name) {
    return IdOf("ListContactFlows", "ContactFlowSummaryList", name);
  }

  // A bucket with an object of `bytes`.
  void PutObject(std::string_view bucket, std::string_view key, std::string_view bytes);

 private:
  std::string instance_;
};

// A valid flow that says `text` and hangs up.
std::string SayingFlow(std::string_view text);
// A valid flow module that does nothing.
std::string EmptyModule();

}  // namespace trunkline::cloud::tests
