// Expressions by themselves: what they mean, and what DynamoDB says of wrong ones.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/dynamodb/expressions/apply.h"
#include "cloud/services/dynamodb/expressions/evaluate.h"
#include "cloud/services/dynamodb/expressions/parse.h"
#include "cloud/services/dynamodb/expressions/project.h"

namespace trunkline::cloud::dynamodb {
namespace {

json::Object Parsed(std::string_view text) {
  return std::move(json::Parse(text).value().AsObject());
}

Placeholders Make(std::string_view names, std::string_view values) {
  json::Object input{{"ConditionExpression", "x"}};
  if (!names.empty()) input.Set("ExpressionAttributeNames", Parsed(names));
  if (!values.empty()) input.Set("ExpressionAttributeValues", Parsed(values));
  return Placeholders::Read(input, {"ConditionExpression"}).value();
}

constexpr std::string_view kItem =
    R"({"id": {"S": "a"}, "n": {"N": "5"}, "word": {"S": "hello"},
        "tags": {"SS": ["x", "y"]}, "things": {"L": [{"N": "1"}, {"S": "two"}, {"M": {"k": {"N": "3"}}}]},
        "docs": {"M": {"nested": {"M": {"deep": {"S": "yes"}}}, "n": {"N": "2"}}},
        "on": {"BOOL": true}, "nothing": {"NULL": true}})";
constexpr std::string_view kValues =
    R"({":five": {"N": "5.0"}, ":six": {"N": "6"}, ":hello": {"S": "hello"}, ":he": {"S": "he"},
        ":x": {"S": "x"}, ":one": {"N": "1"}, ":yes": {"S": "yes"}, ":N": {"S": "N"},
        ":true": {"BOOL": true}, ":tags": {"SS": ["y", "x"]}})";

bool Check(std::string_view text) {
  Placeholders placeholders = Make(R"({"#n": "n", "#m": "docs"})", kValues);
  const auto node = ParseCondition("ConditionExpression", text, placeholders);
  EXPECT_TRUE(node) << text << ": " << (node ? "" : node.error().message);
  return node && Holds(*node, Parsed(kItem));
}

std::string Refused(std::string_view text) {
  Placeholders placeholders = Make(R"({"#n": "n"})", kValues);
  const auto node = ParseCondition("ConditionExpression", text, placeholders);
  return node ? "" : node.error().message;
}

TEST(DynamoDbCondition, Compares) {
  EXPECT_TRUE(Check("n = :five"));
  EXPECT_TRUE(Check("#n < :six and n <= :five AND n <> :six"));
  EXPECT_FALSE(Check("n > :five"));
  EXPECT_FALSE(Check("word > :five"));
  EXPECT_TRUE(Check("n BETWEEN :five AND :six"));
  EXPECT_TRUE(Check("n IN (:six, :five)"));
  EXPECT_TRUE(Check("tags = :tags"));
  EXPECT_TRUE(Check("absent <> :five"));
  EXPECT_FALSE(Check("absent = :five"));
}

TEST(DynamoDbCondition, JoinsAndNegates) {
  EXPECT_TRUE(Check("n = :six OR (n = :five AND word = :hello)"));
  EXPECT_TRUE(Check("NOT n = :six"));
  EXPECT_TRUE(Check("NOT (n = :six) AND NOT attribute_exists(absent)"));
  EXPECT_FALSE(Check("n = :five AND n = :six OR n = :six"));
}

TEST(DynamoDbCondition, HasFunctions) {
  EXPECT_TRUE(Check("attribute_exists(docs.nested.deep) AND attribute_not_exists(docs.alt)"));
  EXPECT_TRUE(Check("attribute_type(n, :N)"));
  EXPECT_TRUE(Check("begins_with(word, :he) AND contains(word, :he)"));
  EXPECT_TRUE(Check("contains(tags, :x) AND contains(things, :one)"));
  EXPECT_TRUE(Check("size(word) = :five AND size(tags) < :five AND size(things) < :six"));
  EXPECT_FALSE(Check("size(absent) = :five"));
}

TEST(DynamoDbCondition, FollowsPaths) {
  EXPECT_TRUE(Check("#m.nested.deep = :yes"));
  EXPECT_TRUE(Check("things[0] = :one"));
  EXPECT_TRUE(Check("attribute_exists(things[2].k)"));
  EXPECT_FALSE(Check("attribute_exists(things[3])"));
}

TEST(DynamoDbCondition, SaysWhatIsWrong) {
  EXPECT_EQ(Refused("n = "),
            R"(Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "=")");
  EXPECT_EQ(Refused("n :five"),
            R"(Invalid ConditionExpression: Syntax error; token: ":five", near: "n :five")");
  EXPECT_EQ(Refused("  "), "Invalid ConditionExpression: The expression can not be empty;");
  EXPECT_EQ(Refused("((n = :five))"),
            "Invalid ConditionExpression: The expression has redundant parentheses;");
  EXPECT_EQ(Refused("Name = :five"),
            "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: "
            "Name");
  EXPECT_EQ(Refused("#x = :five"),
            "Invalid ConditionExpression: An expression attribute name used in the document path "
            "is not defined; attribute name: #x");
  EXPECT_EQ(Refused("n = :no"),
            "Invalid ConditionExpression: An expression attribute value used in expression is not "
            "defined; attribute value: :no");
  EXPECT_EQ(Refused("exists(n)"),
            "Invalid ConditionExpression: Invalid function name; function: exists");
  EXPECT_EQ(Refused("size(n)"),
            "Invalid ConditionExpression: The function is not allowed to be used this way in an "
            "expression; function: size");
  EXPECT_EQ(Refused("begins_with(n)"),
            "Invalid ConditionExpression: Incorrect number of operands for operator or function; "
            "operator or function: begins_with, number of operands: 1");
  EXPECT_EQ(Refused("begins_with(n, :five)"),
            "Invalid ConditionExpression: Incorrect operand type for operator or function; "
            "operator or function: begins_with, operand type: N");
  EXPECT_EQ(Refused("n = n"),
            "Invalid ConditionExpression: The first operand must be distinct from the remaining "
            "operands for this operator or function; operator: =, first operand: [n]");
  EXPECT_EQ(Refused("n BETWEEN :six AND :five"),
            "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater "
            "than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound "
            "operand: AttributeValue: {N:5}");
  EXPECT_EQ(Refused("attribute_exists(:five)"),
            "Invalid ConditionExpression: Operator or function requires a document path; operator "
            "or function: attribute_exists");
}

TEST(DynamoDbCondition, IsNotNestedWithoutEnd) {
  EXPECT_NE(Refused(std::string(1200, '(')), "");
  std::string deep = "n = :five";
  for (int i = 0; i < 300; ++i) deep = "NOT " + deep;
  EXPECT_NE(Refused(deep), "");
  EXPECT_NE(Refused(std::string(5000, ' ') + "n = :five"), "");
}

std::string Updated(std::string_view text, std::string_view values) {
  json::Object item = Parsed(kItem);
  for (const std::string_view name : {"nothing", "on", "word"}) item.Remove(name);
  Placeholders placeholders = Make(R"({"#n": "n"})", values);
  const auto update = ParseUpdate(text, placeholders);
  if (!update) return update.error().message;
  const auto applied = Apply(*update, item);
  return applied ? json::WriteSorted(item) : applied.error().message;
}

std::string Attribute(std::string_view text, std::string_view values, std::string_view name) {
  const std::string item = Updated(text, values);
  const auto parsed = json::Parse(item);
  if (!parsed) return item;
  const json::Value* value = parsed->AsObject().Find(name);
  return value ? json::WriteSorted(*value) : "none";
}

TEST(DynamoDbUpdate, SetsAndCounts) {
  constexpr std::string_view kOne = R"({":v": {"N": "1"}})";
  EXPECT_EQ(Attribute("SET n = n + :v", kOne, "n"), R"({"N":"6"})");
  EXPECT_EQ(Attribute("SET n = n - :v", kOne, "n"), R"({"N":"4"})");
  EXPECT_EQ(Attribute("SET fresh = if_not_exists(fresh, :v)", kOne, "fresh"), R"({"N":"1"})");
  EXPECT_EQ(Attribute("SET n = if_not_exists(n, :v)", kOne, "n"), R"({"N":"5"})");
  EXPECT_EQ(Attribute("ADD n :v, fresh :v", kOne, "n"), R"({"N":"6"})");
  EXPECT_EQ(Attribute("ADD n :v, fresh :v", kOne, "fresh"), R"({"N":"1"})");
  EXPECT_EQ(Attribute("SET docs.n = :v", kOne, "docs"),
            R"({"M":{"n":{"N":"1"},"nested":{"M":{"deep":{"S":"yes"}}}}})");
  EXPECT_EQ(Attribute("SET n = docs.n", "", "n"), R"({"N":"2"})");
}

TEST(DynamoDbUpdate, ChangesListsAndSets) {
  constexpr std::string_view kMore = R"({":l": {"L": [{"S": "three"}]}})";
  EXPECT_EQ(Attribute("SET things = list_append(things, :l)", kMore, "things"),
            R"({"L":[{"N":"1"},{"S":"two"},{"M":{"k":{"N":"3"}}},{"S":"three"}]})");
  EXPECT_EQ(Attribute("REMOVE things[0], things[2]", "", "things"), R"({"L":[{"S":"two"}]})");
  EXPECT_EQ(Attribute("SET things[9] = :b, things[7] = :a",
                      R"({":a": {"N": "7"}, ":b": {"N": "9"}})", "things"),
            R"({"L":[{"N":"1"},{"S":"two"},{"M":{"k":{"N":"3"}}},{"N":"7"},{"N":"9"}]})");
  EXPECT_EQ(Attribute("ADD tags :t", R"({":t": {"SS": ["y", "z"]}})", "tags"),
            R"({"SS":["x","y","z"]})");
  EXPECT_EQ(Attribute("DELETE tags :t", R"({":t": {"SS": ["y", "z"]}})", "tags"),
            R"({"SS":["x"]})");
  EXPECT_EQ(Attribute("DELETE tags :t", R"({":t": {"SS": ["x", "y"]}})", "tags"), "none");
}

TEST(DynamoDbUpdate, SaysWhatIsWrong) {
  constexpr std::string_view kOne = R"({":v": {"N": "1"}, ":s": {"S": "s"}})";
  EXPECT_EQ(Updated("SET n = :v SET id = :v", kOne),
            "Invalid UpdateExpression: The \"SET\" section can only be used once in an update "
            "expression;");
  EXPECT_EQ(Updated("SET docs.n = :v, docs = :v", kOne),
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or "
            "rewrite one of these paths; path one: [docs, n], path two: [docs]");
  EXPECT_EQ(Updated("SET docs.n = :v, docs[0] = :v", kOne),
            "Invalid UpdateExpression: Two document paths conflict with each other; must remove or "
            "rewrite one of these paths; path one: [docs, n], path two: [docs, [0]]");
  EXPECT_EQ(Updated("SET n = n + :s", kOne),
            "Invalid UpdateExpression: Incorrect operand type for operator or function; operator "
            "or function: +, operand type: S");
  EXPECT_EQ(Updated("ADD n :s", kOne),
            "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: "
            "ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND");
  EXPECT_EQ(Updated("SET n = absent", ""),
            "The provided expression refers to an attribute that does not exist in the item");
  EXPECT_EQ(Updated("SET n = tags + :v", kOne),
            "An operand in the update expression has an incorrect data type");
  EXPECT_EQ(Updated("SET absent.n = :v", kOne),
            "The document path provided in the update expression is invalid for update");
  EXPECT_EQ(Updated("SET n", ""),
            R"(Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "n")");
}

TEST(DynamoDbProjection, TakesPartsOfMapsAndLists) {
  Placeholders placeholders = Make(R"({"#n": "n"})", "");
  const auto paths = ParseProjection("#n, docs.nested, things[2].k, things[0], gone", placeholders);

  ASSERT_TRUE(paths);
  EXPECT_EQ(json::WriteSorted(Project(Parsed(kItem), *paths)),
            R"({"docs":{"M":{"nested":{"M":{"deep":{"S":"yes"}}}}},"n":{"N":"5"},)"
            R"("things":{"L":[{"N":"1"},{"M":{"k":{"N":"3"}}}]}})");
}

}  // namespace
}  // namespace trunkline::cloud::dynamodb
