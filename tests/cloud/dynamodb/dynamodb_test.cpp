#include "tests/cloud/dynamodb/dynamodb_test.h"

#include "base/json_read.h"

namespace trunkline::cloud::tests {

json::Object DynamoDbTest::S(std::string_view text) {
  return {{"S", text}};
}

json::Object DynamoDbTest::N(std::string_view number) {
  return {{"N", number}};
}

json::Object DynamoDbTest::Parse(std::string_view text) {
  return std::move(json::Parse(text).value().AsObject());
}

void DynamoDbTest::MakeTable(const std::string& name, bool sorted, const json::Object& more) {
  json::Object input = Parse(sorted ? R"({"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"},
                                           {"AttributeName": "ts", "KeyType": "RANGE"}],
                             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                                           {"AttributeName": "ts", "AttributeType": "N"}]})"
                                    : R"({"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                     "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]})");
  input.Set("TableName", name);
  input.Set("BillingMode", "PAY_PER_REQUEST");
  for (const json::Member& member : more) input.Set(member.key, member.value);
  Do("dynamodb", "CreateTable", input);
  Advance(std::chrono::seconds(1));
}

void DynamoDbTest::Put(const std::string& table, std::string_view item) {
  Do("dynamodb", "PutItem", {{"TableName", table}, {"Item", Parse(item)}});
}

json::Object DynamoDbTest::Get(const std::string& table, std::string_view key) {
  return Do("dynamodb", "GetItem", {{"TableName", table}, {"Key", Parse(key)}}).GetObject("Item");
}

Answered DynamoDbTest::Say(std::string_view operation, std::string_view members) {
  json::Object input = Parse(members);
  if (!input.Has("TableName")) input.Set("TableName", "t");
  return Ask("dynamodb", operation, input);
}

}  // namespace trunkline::cloud::tests
