#include "flow/stub.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "flow/catalogue.h"
#include "flow/content_hash.h"
#include "flow/document.h"

namespace trunkline::flow {
namespace {

std::vector<std::string> TypesAndModule() {
  std::vector<std::string> types(AllFlowTypes().begin(), AllFlowTypes().end());
  types.emplace_back("MODULE");
  return types;
}

class Stub : public testing::TestWithParam<std::string> {};

TEST_P(Stub, IsAFlowThatItsTypeAllows) {
  const Parsed parsed = ParseContent(MinimalContent(GetParam()), GetParam());

  ASSERT_EQ("", ToText(parsed.findings));
  const ActionKind* kind = FindActionKind(parsed.document->actions.at(0).type);
  EXPECT_NE(kind->flow_types & FlowTypeBit(GetParam()), 0);
  EXPECT_NE(parsed.document->FindAction(parsed.document->start), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Types, Stub, testing::ValuesIn(TypesAndModule()),
                         [](const testing::TestParamInfo<std::string>& row) { return row.param; });

TEST(NormalisedHash, IgnoresWhiteSpaceAndKeyOrder) {
  EXPECT_EQ(NormalisedHash(R"({"a":1,"b":[1,2]})"),
            NormalisedHash("{ \"b\": [1, 2],\n \"a\": 1 }"));
}

TEST(NormalisedHash, SeesEveryOtherChange) {
  EXPECT_NE(NormalisedHash(R"({"a":1})"), NormalisedHash(R"({"a":2})"));
  EXPECT_NE(NormalisedHash(R"({"a":[1,2]})"), NormalisedHash(R"({"a":[2,1]})"));
  EXPECT_NE(NormalisedHash("not json"), NormalisedHash("not  json"));
}

TEST(NormalisedHash, IsHexOfSha256) {
  EXPECT_EQ(NormalisedHash("{}").size(), 64U);
}

}  // namespace
}  // namespace trunkline::flow
