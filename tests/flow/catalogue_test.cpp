#include "flow/catalogue.h"

#include <set>

#include <gmock/gmock.h>

#include "flow/document.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class EveryKind : public testing::TestWithParam<const ActionKind*> {};

TEST_P(EveryKind, IsFoundByItsName) {
  EXPECT_EQ(FindActionKind(GetParam()->name), GetParam());
}

TEST_P(EveryKind, HasASentenceAndABlock) {
  EXPECT_THAT(std::string(GetParam()->summary), EndsWith("."));
  EXPECT_THAT(std::string(GetParam()->block), Not(IsEmpty()));
}

TEST_P(EveryKind, NamesEachParameterAndErrorOnce) {
  std::multiset<std::string_view> names;
  for (const Parameter& parameter : GetParam()->parameters) names.insert(parameter.name);
  for (const ErrorRule& rule : GetParam()->errors) names.insert(rule.type);

  EXPECT_THAT(std::set<std::string_view>(names.begin(), names.end()), SizeIs(names.size()));
}

TEST_P(EveryKind, EndsOrGoesOnButNotBoth) {
  const bool has_branches = !GetParam()->errors.empty() || !GetParam()->results.empty();

  EXPECT_FALSE(GetParam()->next == Next::kTerminal && has_branches);
}

TEST_P(EveryKind, GroupsOnlyParametersItHas) {
  for (const ParameterGroup& group : GetParam()->groups) {
    for (const std::string_view name : group.names) {
      EXPECT_THAT(
          std::vector<Parameter>(GetParam()->parameters.begin(), GetParam()->parameters.end()),
          Contains(Field(&Parameter::name, name)));
    }
  }
}

TEST_P(EveryKind, IsNotAlsoCalledAWrongName) {
  EXPECT_EQ(SuggestActionType(GetParam()->name), GetParam()->name);
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryKind, testing::ValuesIn(AllActionKinds()),
                         [](const testing::TestParamInfo<const ActionKind*>& row) {
                           return std::string(row.param->name);
                         });

TEST(Catalogue, KnowsNoOtherNames) {
  EXPECT_EQ(FindActionKind("PlayPrompt"), nullptr);
  EXPECT_EQ(FindActionKind(""), nullptr);
}

TEST(BlockNames, PartsTheBlocksOfATypeButNoNameWithACommaInIt) {
  EXPECT_THAT(BlockNames(*FindActionKind("CheckMetricData")),
              ElementsAre("Check staffing", "Check queue status"));
  EXPECT_THAT(BlockNames(*FindActionKind("UpdateContactMediaProcessing")),
              ElementsAre("Set recording, analytics and processing behavior"));
  EXPECT_THAT(BlockNames(*FindActionKind("Loop")), ElementsAre("Loop"));
}

TEST(SuggestActionType, KnowsNamesThatPeopleWrite) {
  EXPECT_EQ(SuggestActionType("PlayPrompt"), "MessageParticipant");
  EXPECT_EQ(SuggestActionType("UnTagContact"), "UntagContact");
  EXPECT_EQ(SuggestActionType("TransferToQueue"),
            "UpdateContactTargetQueue, then TransferContactToQueue");
}

TEST(SuggestActionType, FindsTheNearestOfAMisspeltName) {
  EXPECT_EQ(SuggestActionType("MessageParticpant"), "MessageParticipant");
  EXPECT_EQ(SuggestActionType("SomethingElseEntirely"), "");
}

TEST(FlowTypes, HaveNamesAndBits) {
  EXPECT_EQ(FlowTypeBit("CUSTOMER_QUEUE"), kCustomerQueue);
  EXPECT_EQ(FlowTypeBit("MODULE"), kModuleType);
  EXPECT_EQ(FlowTypeBit("INBOUND"), 0);
  EXPECT_EQ(FlowTypeNames(kContactFlow | kModuleType), "CONTACT_FLOW, MODULE");
}

TEST(ResourceKinds, HaveWords) {
  EXPECT_EQ(ResourceKindOf("queue"), ResourceKind::kQueue);
  EXPECT_EQ(ResourceKindOf("Queue"), std::nullopt);
  EXPECT_EQ(ToText(ResourceKind::kCaseTemplate), "case-template");
}

TEST(Catalogue, KnowsEveryTypeOfTheDesignersFlows) {
  TL_NEEDS_SHARED();

  std::set<std::string> unknown;
  for (const tests::CorpusFile& file : tests::CorpusFiles()) {
    if (file.maker != "designer") continue;
    const Parsed parsed = Parse(tests::ReadCorpus(file), file.name);
    for (const Action& action : parsed.document->actions) {
      if (FindActionKind(action.type) == nullptr) unknown.insert(action.type);
    }
  }

  EXPECT_THAT(unknown, IsEmpty());
}

}  // namespace
}  // namespace trunkline::flow
