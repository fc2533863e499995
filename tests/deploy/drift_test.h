// DriftTest: an account as it was delivered, to be changed behind our back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deploy/drift.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {

class DriftTest : public DeployTest {
 protected:
  DriftTest() {
    HaveInstance();
    BringOwnMapping();
    Have("bucket", "acme-storage-dev-eu-central-1").tags.emplace(kStackTag, "theirs");
    for (const auto& [name, value] :
         {std::pair("AmazonConnectInstanceId", "i-1"),
          std::pair("AmazonConnectInstanceName", kInstance.data()),
          std::pair("AmazonConnectInstanceStorageBucket", "acme-storage-dev-eu-central-1")})
      Have("parameter", name).id = value;
  }
  std::vector<std::string> Drift() {
    DeployWorld world{.timers = aws.fake().timers(), .clock = aws.fake().clock()};
    const Target to = target();
    Session session{.client = aws.fake().MakeClient(), .target = to, .live = live, .world = world};
    const auto drifted = aws.fake().Run(FindDrift(session));
    std::vector<std::string> texts;
    for (const Drifted& one : drifted.value())
      texts.push_back(fmt::format("{} '{}' {}", one.kind, one.name, one.what));
    return texts;
  }
  // As the kind's delivery leaves it.
  LiveResource& Deliver(std::string_view kind, std::string_view name, json::Object body) {
    Have("hours", "Basic Hours").id = "h-1";
    aws.Forget();
    const std::string operation =
        kind == "queue" ? "connect:CreateQueue" : "connect:CreateHoursOfOperation";
    EXPECT_TRUE(ApplyOne(kind, name).ok());
    LiveResource& there = Have(kind, name);
    there.tags = ReadTags(aws.Inputs(operation).at(0).GetObject("Tags"));
    there.body = std::move(body);
    return there;
  }
};

}  // namespace trunkline::deploy::tests
