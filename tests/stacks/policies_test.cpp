// What holds for the policies of every template.
#include <set>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "stacks/synth.h"
#include "tests/stacks/acme.h"

namespace trunkline::stacks {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

// Without the buildspec.
std::vector<SynthFile> Templates() {
  std::vector<SynthFile> files = Synthesize(Acme()).files;
  std::erase_if(files,
                [](const SynthFile& file) { return !file.name.ends_with(".template.json"); });
  return files;
}

json::Value Read(const SynthFile& file) {
  return *json::Parse(file.text);
}

std::vector<std::string> Texts(const json::Value* value) {
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->IsString()) return {value->AsString()};
  if (!value->IsArray()) return texts;
  for (const json::Value& item : value->AsArray()) {
    if (item.IsString()) texts.push_back(item.AsString());
  }
  return texts;
}

class Policies : public testing::TestWithParam<SynthFile> {
 protected:
  const json::Value document_ = Read(GetParam());
};

TEST_P(Policies, AllowNoWildActionOnEverything) {
  for (const FoundStatement& found : StatementsOf(document_)) {
    if (found.of_resource || found.statement.GetString("Effect") != "Allow") continue;
    const std::vector<std::string> resources = Texts(found.statement.Find("Resource"));
    if (std::ranges::find(resources, "*") == resources.end()) continue;
    for (const std::string& action : Texts(found.statement.Find("Action")))
      EXPECT_THAT(action, Not(HasSubstr("*"))) << found.where;
  }
}

TEST_P(Policies, AllowNoActionOfEveryService) {
  for (const FoundStatement& found : StatementsOf(document_)) {
    if (found.statement.GetString("Effect") != "Allow") continue;
    for (const std::string& action : Texts(found.statement.Find("Action")))
      EXPECT_NE(action, "*") << found.where;
  }
}

// Who is trusted acts for one account, one external id, or one principal: never for anybody.
TEST_P(Policies, TrustNobodyWithoutACondition) {
  for (const FoundStatement& found : StatementsOf(document_)) {
    if (found.statement.GetString("Action") != "sts:AssumeRole") continue;
    if (!found.statement.Has("Principal")) continue;
    EXPECT_TRUE(found.statement.Has("Condition")) << found.where;
    EXPECT_NE(json::Write(found.statement.At("Principal")), "\"*\"") << found.where;
  }
}

TEST_P(Policies, NameEachStatementOnce) {
  for (const json::Member& resource : document_.AsObject().GetObject("Resources")) {
    const json::Object& properties = resource.value.AsObject().GetObject("Properties");
    for (const json::Value& policy : properties.GetArray("Policies")) {
      std::set<std::string> seen;
      const json::Object& document = policy.AsObject().GetObject("PolicyDocument");
      for (const json::Value& statement : document.GetArray("Statement")) {
        const std::string sid(statement.AsObject().GetString("Sid"));
        EXPECT_TRUE(seen.insert(sid).second) << resource.key << ": " << sid;
      }
    }
  }
}

// IAM's limits: 10,240 characters of inline policies in a role, 6,144 in a managed policy.
TEST_P(Policies, FitIntoWhatIamTakes) {
  for (const json::Member& resource : document_.AsObject().GetObject("Resources")) {
    const json::Object& properties = resource.value.AsObject().GetObject("Properties");
    if (properties.Has("Policies")) {
      EXPECT_LT(json::Write(properties.At("Policies")).size(), 10240U) << resource.key;
    }
    if (resource.value.AsObject().GetString("Type") == "AWS::IAM::ManagedPolicy") {
      EXPECT_LT(json::Write(properties.At("PolicyDocument")).size(), 6144U) << resource.key;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Policies, testing::ValuesIn(Templates()), [](const auto& row) {
  std::string name;
  for (const char c : row.param.name) name += c == '-' || c == '.' ? '_' : c;
  return name;
});

TEST(Boundary, IsOnEveryRoleThatStacksMakeInTargetAccounts) {
  for (const SynthFile& file : Templates()) {
    if (!file.name.starts_with("amzconnect-instance") &&
        !file.name.starts_with("amzconnect-contact-flows"))
      continue;
    const json::Value document = Read(file);
    for (const json::Member& resource : document.AsObject().GetObject("Resources")) {
      const json::Object& row = resource.value.AsObject();
      if (row.GetString("Type") != "AWS::IAM::Role") continue;
      EXPECT_THAT(json::Write(row.GetObject("Properties").At("PermissionsBoundary")),
                  EndsWith(R"(policy/trunkline/trunkline-boundary"})"))
          << file.name << ": " << resource.key;
      EXPECT_EQ(row.GetObject("Properties").GetString("Path"), "/trunkline/");
    }
  }
}

}  // namespace
}  // namespace trunkline::stacks
