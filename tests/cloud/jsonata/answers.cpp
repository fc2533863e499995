#include "tests/cloud/jsonata/answers.h"

#include <gtest/gtest.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/jsonata.h"

namespace trunkline::cloud::jsonata::tests {
namespace {

std::string Told(const Error& error) {
  return error.code().empty() ? error.message() : error.code() + ": " + error.message();
}

}  // namespace

const std::string_view kCenter = R"({"center": {"name":"Acme","queues":[
    {"id":"sales","agents":[
      {"name":"Ann","number":1,"rate":34.45,"calls":2,"site":{"city":"Rome","score":0.75}},
      {"name":"Bob","number":2,"rate":21.67,"calls":1,"site":{"city":"Oslo","score":0.6}}]},
    {"id":"care","agents":[
      {"name":"Ann","number":1,"rate":34.45,"calls":4,"site":{"city":"Rome","score":0.75}},
      {"name":"Cid","number":3,"rate":107.99,"calls":1,"site":{"city":"Bern","score":2.0}}]}]},
  "a": {"b":[{"c":1},{"c":2},{"c":[3,4]},{"d":null}]},
  "n": [[1,2],[3]],
  "s": "Queue World",
  "e": [],
  "o": {},
  "one": [{"x":5}],
  "nul": null,
  "t": true,
  "words": ["bandana","apple","cherry"],
  "nums": [3,1,2],
  "mixed": [1,"a",null,true,{"k":1}],
  "phones": [{"type":"home","number":"1"},{"type":"office","number":"2"},{"type":"office","number":"3"}]})";

std::string Answer(std::string_view expression, std::string_view input) {
  const Result<Expression> parsed = Parse(expression);
  if (!parsed) return Told(parsed.error());
  const json::Value document = json::Parse(input).value();
  SeededRandom random(1);
  constexpr TimePoint kNow{Milliseconds(1'700'000'000'123)};
  const auto result = Evaluate(*parsed, document, {}, {.random = random, .now = kNow});
  if (!result) return Told(result.error());
  return result.value() ? json::Write(*result.value()) : "undefined";
}

void ExpectAnswers(std::span<const Row> rows, std::string_view input) {
  for (const Row& row : rows)
    EXPECT_EQ(Answer(row.expression, input), row.answer) << row.expression;
}

}  // namespace trunkline::cloud::jsonata::tests
