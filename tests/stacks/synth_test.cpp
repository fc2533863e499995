#include "stacks/synth.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "tests/stacks/acme.h"

namespace trunkline::stacks {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Synth : public testing::Test {
 protected:
  std::vector<std::string> Names(std::string_view environment = {}) {
    std::vector<std::string> names;
    for (const SynthFile& file : Synthesize(center_, environment).files) names.push_back(file.name);
    return names;
  }

  std::string Messages() { return ToText(CheckSynth(center_), false); }

  center::Center center_ = Acme();
};

TEST_F(Synth, GivesTheSameBytesEveryTime) {
  const Synthesized first = Synthesize(center_);
  const Synthesized second = Synthesize(Acme());

  ASSERT_EQ(first.files.size(), second.files.size());
  for (std::size_t i = 0; i < first.files.size(); ++i) {
    EXPECT_EQ(first.files[i].name, second.files[i].name);
    EXPECT_EQ(first.files[i].text, second.files[i].text) << first.files[i].name;
  }
}

TEST_F(Synth, GivesOneEnvironmentsStacksWhenAskedForIt) {
  EXPECT_THAT(Names("staging"),
              ElementsAre("amzconnect-roles-staging.template.json",
                          "amzconnect-instance-staging.template.json",
                          "amzconnect-contact-flows-staging.template.json",
                          "supporting-infra.buildspec.json", "lambdas.buildspec.json"));
}

TEST_F(Synth, GivesTheToolingAccountsStacksToo) {
  EXPECT_THAT(Names(), testing::IsSupersetOf({"amzconnect-artifacts.template.json",
                                              "amzconnect-tooling.template.json",
                                              "amzconnect-roles-stack-set.template.json",
                                              "amzconnect-development-machine.template.json"}));
}

TEST_F(Synth, RefusesAPlaceholderAccountOfAnEnabledEnvironment) {
  center_.environments[2].account.value = "XXXXXXXXXXXX";

  EXPECT_THAT(Messages(), HasSubstr("expected an account of 12 digits but this is a placeholder "
                                    "[TL-S002]"));
  EXPECT_TRUE(Synthesize(center_).files.empty());
  center_.environments[2].enabled = false;
  EXPECT_EQ(Messages(), "");
}

TEST_F(Synth, NeedsTheToolingAccount) {
  center_.tooling.reset();

  EXPECT_THAT(Messages(), HasSubstr("devops.json is missing"));
}

TEST_F(Synth, RefusesBranchesThatMeetInAPipelinesName) {
  center_.environments[0].branch.value = "a/b";
  center_.environments[1].branch.value = "a-b";

  EXPECT_THAT(Messages(),
              HasSubstr("branch 'a-b' and branch 'a/b' give the same names in AWS [TL-S004]"));
}

TEST_F(Synth, RefusesABranchThatNoPipelineCanBeNamedAfter) {
  center_.environments[0].branch.value = "fix#12";

  EXPECT_THAT(
      Messages(),
      HasSubstr("branch 'fix#12' holds '#', which the name of a pipeline cannot [TL-S003]"));
}

TEST_F(Synth, RefusesAnEnvironmentWhoseBucketsWouldHaveTooLongNames) {
  center_.environments[0].name.value = "an-environment-with-a-long-name";

  EXPECT_THAT(Messages(), HasSubstr("characters, Amazon S3 takes 63 [TL-S003]"));
}

TEST_F(Synth, RefusesTwoTemplatesThatWouldBeOneStack) {
  center_.templates = {{.project = "lambdas", .file = "a/x.template.json"},
                       {.project = "lambdas", .file = "b/x.template.yaml"}};

  EXPECT_THAT(Messages(), HasSubstr("'b/x.template.yaml' and 'a/x.template.json' would be the same "
                                    "stack [TL-S004]"));
}

}  // namespace
}  // namespace trunkline::stacks
