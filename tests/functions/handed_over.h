// HandedOver: a small monorepo as a pipeline hands it over: a zip in S3, with what a test adds.
#pragma once

#include <map>
#include <string>

#include "base/zip.h"
#include "tests/functions/function_test.h"

namespace trunkline::functions::tests {

class HandedOver : public FunctionTest {
 protected:
  HandedOver() {
    With("amzconnect-devops-pipelines/env/accountvars.json",
         R"({"accounts": [{"env": "dev", "branch": "develop", "enabled": true,
             "account": "111122223333", "region": ["eu-central-1"], "app": "ACME"}]})");
    With("amzconnect-instance/lib/instance-stack/configuration.json",
         R"({"instanceAlias": "ACME", "instanceStorageBucketName": "ACME-Storage"})");
    aws_.On("sts:GetCallerIdentity", json::Object{{"Account", "111122223333"}});
    aws_.On("s3:HeadObject", [this](const json::Object&) {
      return Result<json::Object>(json::Object{{"ContentLength", Zip().size()}});
    });
    aws_.On("s3:GetObject", [this](const json::Object&) {
      return Result<json::Object>(json::Object{{"Body", Zip()}});
    });
    aws_.fake().files() = MemoryFiles({{"/task/bootstrap", "the program"}});
  }

  void With(const std::string& path, std::string text) { files_[path] = std::move(text); }
  void WithFlow(const std::string& name, const std::string& action = {}) {
    With("amzconnect-contact-flows/lib/callflows/" + name + ".json",
         fmt::format(R"({{"Name": "{}", "ContactFlowType": "CONTACT_FLOW", "Content": )"
                     R"("{{\"Version\":\"2019-10-30\",\"StartAction\":\"{}\",\"Actions\":[{}{{)"
                     R"(\"Identifier\":\"end\",\"Type\":\"DisconnectParticipant\",)"
                     R"(\"Parameters\":{{}},\"Transitions\":{{}}}}]}}"}})",
                     name, action.empty() ? "end" : "a", action));
  }
  void Without(const std::string& path) { files_.erase(path); }
  std::string Zip() const {
    std::vector<ZipEntry> entries;
    for (const auto& [path, text] : files_)
      entries.push_back({.name = folder_ + path, .bytes = text});
    return WriteZip(std::move(entries)).value();
  }
  static json::Object Event() {
    return {{"bucket", "artifacts"},
            {"key", "center.zip"},
            {"environment", "dev"},
            {"commit", "0123abc"}};
  }

  std::string folder_;  // all is in this one: "acme-0123abc/"

 private:
  std::map<std::string, std::string> files_;
};

// An action that sets a queue, as text in a JSON string.
inline std::string SetsQueue(std::string_view queue) {
  return fmt::format(
      R"({{\"Identifier\":\"a\",\"Type\":\"UpdateContactTargetQueue\",\"Parameters\":)"
      R"({{\"QueueId\":\"${{queue:{}}}\"}},\"Transitions\":{{\"NextAction\":\"end\",\"Errors\":)"
      R"([{{\"ErrorType\":\"NoMatchingError\",\"NextAction\":\"end\"}}]}}}},)",
      queue);
}

}  // namespace trunkline::functions::tests
