#include "cloud/event_pattern.h"

#include <gmock/gmock.h>

#include "base/json_read.h"

namespace trunkline::cloud {
namespace {

struct Case {
  const char* pattern;
  bool fits;
};

constexpr const char* kEvent =
    R"({"source":"aws.codepipeline","detail":{"state":"FAILED","count":3,"ip":"10.0.3.7",)"
    R"("tags":["a","b"],"none":null,"items":[{"id":1},{"id":2}]}})";

class EventPattern : public ::testing::TestWithParam<Case> {};

TEST_P(EventPattern, FitsOrNot) {
  std::string problem;
  const auto pattern = ReadPattern(GetParam().pattern, problem);

  ASSERT_TRUE(pattern) << problem;
  EXPECT_EQ(MatchesPattern(*pattern, json::Parse(kEvent)->AsObject()), GetParam().fits)
      << GetParam().pattern;
}

INSTANTIATE_TEST_SUITE_P(
    Operators, EventPattern,
    ::testing::Values(
        Case{R"({"source":["aws.codepipeline","x"]})", true}, Case{R"({"source":["x"]})", false},
        Case{R"({"detail":{"state":[{"prefix":"FAIL"}]}})", true},
        Case{R"({"detail":{"state":[{"suffix":"ED"}]}})", true},
        Case{R"({"detail":{"state":[{"prefix":{"equals-ignore-case":"fail"}}]}})", true},
        Case{R"({"detail":{"state":[{"anything-but":["FAILED"]}]}})", false},
        Case{R"({"detail":{"state":[{"anything-but":{"prefix":"SUCC"}}]}})", true},
        Case{R"({"detail":{"state":[{"anything-but":{"wildcard":"F*"}}]}})", false},
        Case{R"({"detail":{"count":[{"numeric":[">",2,"<=",3]}]}})", true},
        Case{R"({"detail":{"count":[{"numeric":["=",4]}]}})", false},
        Case{R"({"detail":{"count":[3.0]}})", true},
        Case{R"({"detail":{"ip":[{"cidr":"10.0.0.0/16"}]}})", true},
        Case{R"({"detail":{"ip":[{"cidr":"10.1.0.0/16"}]}})", false},
        Case{R"({"detail":{"state":[{"wildcard":"*IL*D"}]}})", true},
        Case{R"({"detail":{"state":[{"wildcard":"*IL*X"}]}})", false},
        Case{R"({"detail":{"state":[{"equals-ignore-case":"failed"}]}})", true},
        Case{R"({"detail":{"missing":[{"exists":false}]}})", true},
        Case{R"({"detail":{"state":[{"exists":false}]}})", false},
        Case{R"({"nothing":{"below":[{"exists":false}]}})", true},
        Case{R"({"detail":{"none":[null]}})", true}, Case{R"({"detail":{"tags":["b"]}})", true},
        Case{R"({"detail":{"items":{"id":[2]}}})", true},
        Case{R"({"$or":[{"source":["x"]},{"detail":{"state":["FAILED"]}}]})", true},
        Case{R"({"$or":[{"source":["x"]},{"source":["y"]}]})", false}));

class WrongEventPattern : public ::testing::TestWithParam<const char*> {};

TEST_P(WrongEventPattern, IsRefused) {
  std::string problem;

  EXPECT_FALSE(ReadPattern(GetParam(), problem));
  EXPECT_FALSE(problem.empty());
}

INSTANTIATE_TEST_SUITE_P(All, WrongEventPattern,
                         ::testing::Values("", "[]", "{}", R"({"source":"x"})", R"({"source":[]})",
                                           R"({"source":[{"prefix":1}]})",
                                           R"({"source":[{"like":"x"}]})",
                                           R"({"source":[{"numeric":["<"]}]})",
                                           R"({"source":[{"cidr":"10.0.0.0"}]})",
                                           R"({"$or":[{"source":["x"]}]})"));

}  // namespace
}  // namespace trunkline::cloud
