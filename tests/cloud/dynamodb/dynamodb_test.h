// What the tests of DynamoDB have in common.
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class DynamoDbTest : public CloudTest {
 protected:
  static json::Object S(std::string_view text);
  static json::Object N(std::string_view number);
  // A value from its JSON, as the wire has it: {"id": {"S": "a"}}.
  static json::Object Parse(std::string_view text);

  // A table of one key ("id", a text), or with a sort key ("ts", a number); ready.
  void MakeTable(const std::string& name, bool sorted = false, const json::Object& more = {});
  void Put(const std::string& table, std::string_view item);
  json::Object Get(const std::string& table, std::string_view key);
  // An operation on table "t" with these members.
  Answered Say(std::string_view operation, std::string_view members);
};

}  // namespace trunkline::cloud::tests
