// Reading templates and evaluating functions: pure functions on values.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/cloudformation/template/dynamic.h"
#include "cloud/services/cloudformation/template/evaluate.h"
#include "cloud/services/cloudformation/template/parameters.h"
#include "cloud/services/cloudformation/template/read.h"
#include "cloud/services/cloudformation/template/references.h"
#include "cloud/services/cloudformation/template/rules.h"
#include "cloud/services/cloudformation/template/transform.h"

namespace trunkline::cloud::cloudformation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kResource = R"("Resources": {"A": {"Type": "AWS::SSM::Parameter"}})";

Template Made(const std::string& text) {
  auto document = ReadTemplate(text);
  EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
  auto made = MakeTemplate(document ? std::move(*document) : json::Object());
  EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
  return made ? std::move(*made) : Template();
}

std::string Problem(const std::string& text) {
  auto document = ReadTemplate(text);
  if (!document) return document.error().message;
  const auto made = MakeTemplate(std::move(*document));
  if (!made) return made.error().message;
  const auto checked = CheckReferences(*made);
  return checked ? "fine" : checked.error().message;
}

// Functions evaluated in a scope with a few of everything.
class Functions : public ::testing::Test {
 protected:
  Functions()
      : template_(Made(R"({"Mappings": {"M": {"top": {"second": "mapped"}}},
          "Transform": "AWS::LanguageExtensions",
          "Resources": {"R": {"Type": "AWS::SSM::Parameter"}}})")) {
    scope_.document = &template_;
    scope_.parameters = {{"P", "value"}, {"L", json::Array{"a", "b"}}};
    scope_.pseudo = {{"AWS::Region", "eu-central-1"}, {"AWS::AccountId", "111122223333"}};
    scope_.conditions = {{"Yes", true}, {"No", false}};
    scope_.reference = [](std::string_view name) -> Answer<json::Value> {
      return json::Value("ref-" + std::string(name));
    };
    scope_.attribute = [](std::string_view name,
                          std::string_view attribute) -> Answer<json::Value> {
      return json::Value(fmt::format("{}.{}", name, attribute));
    };
  }

  std::string Value(std::string_view text) {
    const auto parsed = json::Parse(text);
    const auto made = Evaluate(scope_, parsed.value());
    if (!made) return made.error().message;
    return *made ? json::Write(**made) : "(no value)";
  }

  Template template_;
  Scope scope_;
};

TEST_F(Functions, GiveWhatTheyAreDocumentedToGive) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {R"({"Ref": "P"})", R"("value")"},
      {R"({"Ref": "R"})", R"("ref-R")"},
      {R"({"Ref": "AWS::Region"})", R"("eu-central-1")"},
      {R"({"Ref": "AWS::NoValue"})", "(no value)"},
      {R"({"Fn::GetAtt": ["R", "Arn"]})", R"("R.Arn")"},
      {R"({"Fn::GetAtt": "R.Outputs.Url"})", R"("R.Outputs.Url")"},
      {R"({"Fn::Sub": "${P}-${R}-${R.Arn}-${!Lit}-${AWS::AccountId}"})",
       R"("value-ref-R-R.Arn-${Lit}-111122223333")"},
      {R"({"Fn::Sub": ["${P}${X}", {"P": "own", "X": {"Ref": "R"}}]})", R"("ownref-R")"},
      {R"({"Fn::Join": ["-", ["a", {"Ref": "P"}, 1]]})", R"("a-value-1")"},
      {R"({"Fn::Join": ["", {"Ref": "L"}]})", R"("ab")"},
      {R"({"Fn::Split": ["|", "a|b|"]})", R"(["a","b",""])"},
      {R"({"Fn::Select": ["1", {"Ref": "L"}]})", R"("b")"},
      {R"({"Fn::If": ["Yes", "then", {"Ref": "Nowhere"}]})", R"("then")"},
      {R"([1, {"Fn::If": ["No", "x", {"Ref": "AWS::NoValue"}]}, 2])", "[1,2]"},
      {R"({"K": {"Ref": "AWS::NoValue"}, "L": "x"})", R"({"L":"x"})"},
      {R"({"Fn::FindInMap": ["M", "top", "second"]})", R"("mapped")"},
      {R"({"Fn::FindInMap": ["M", "no", "second", {"DefaultValue": "d"}]})", R"("d")"},
      {R"({"Fn::Base64": "hello"})", R"("aGVsbG8=")"},
      {R"({"Fn::GetAZs": ""})", R"(["eu-central-1a","eu-central-1b","eu-central-1c"])"},
      {R"({"Fn::Cidr": ["10.0.0.0/24", 2, 5]})", R"(["10.0.0.0/27","10.0.0.32/27"])"},
      {R"({"Fn::Length": {"Ref": "L"}})", "2"},
      {R"({"Fn::ToJsonString": {"a": {"Ref": "P"}}})", R"("{\"a\":\"value\"}")"},
      {R"({"Condition": {"Bool": {"x": "true"}}})", R"({"Condition":{"Bool":{"x":"true"}}})"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(Value(text), expected) << text;
}

TEST_F(Functions, SayWhatTheyNeed) {
  EXPECT_THAT(Value(R"({"Fn::Join": "x"})"), StartsWith("Template error: every Fn::Join object"));
  EXPECT_EQ(Value(R"({"Fn::Select": [5, ["a"]]})"),
            "Template error: Fn::Select cannot select nonexistent value at index 5");
  EXPECT_EQ(Value(R"({"Fn::FindInMap": ["M", "top", "none"]})"),
            "Template error: Unable to get mapping for M::top::none");
  EXPECT_THAT(Value(R"({"Fn::Nope": "x"})"),
              StartsWith("Template error: Encountered unsupported function: Fn::Nope"));
  EXPECT_THAT(Value(R"({"Fn::GetAtt": "R"})"), HasSubstr("two non-empty parameters"));
}

TEST(Templates, ShortFormsOfYamlAreTheLongOnesOfJson) {
  const auto document = ReadTemplate(R"(
AWSTemplateFormatVersion: 2010-09-09
Conditions:
  C: !Not [!Condition D]
Resources:
  A:
    Type: AWS::SSM::Parameter
    Properties:
      Value: !Sub "${X}-y"
      Name: !GetAtt B.Outputs.C
      Version: 2012-10-17
)");

  ASSERT_TRUE(document.ok()) << document.error().message;
  EXPECT_EQ(json::Write(json::Value(document->GetObject("Conditions"))),
            R"({"C":{"Fn::Not":[{"Condition":"D"}]}})");
  EXPECT_EQ(json::Write(json::Value(document->GetObject("Resources").GetObject("A"))),
            R"({"Type":"AWS::SSM::Parameter","Properties":{"Value":{"Fn::Sub":"${X}-y"},)"
            R"("Name":{"Fn::GetAtt":["B","Outputs.C"]},"Version":"2012-10-17"}})");
}

TEST(Templates, WhatIsWrongIsToldInCloudFormationsWords) {
  const std::pair<std::string, std::string_view> rows[] = {
      {"{]", "Template format error: JSON not well-formed. (line 1, column 3)"},
      {"A: [", "Template format error: YAML not well-formed."},
      {"just text", "Template format error: unsupported structure."},
      {"{}", "Template format error: At least one Resources member must be defined."},
      {R"({"Nope": 1, )" + std::string(kResource) + "}",
       "Invalid template property or properties [Nope]"},
      {R"({"AWSTemplateFormatVersion": "2011-01-01", )" + std::string(kResource) + "}",
       "Template format error: 2011-01-01 is not a supported value for AWSTemplateFormatVersion."},
      {R"({"Resources": {"A-b": {"Type": "T"}}})",
       "Template format error: Resource name A-b is non alphanumeric."},
      {R"({"Resources": {"A": {}}})",
       "Template format error: [/Resources/A] Every Resources object must contain a Type member."},
      {R"({"Resources": {"A": {"Type": "T", "Nope": 1}}})",
       "Invalid template resource property 'Nope'"},
      {R"({"Resources": {"A": {"Type": "T", "Properties": {"P": null}}}})",
       "[/Resources/A/Properties/P] 'null' values are not allowed in "
       "templates"},
      {R"({"Resources": {"A": {"Type": "T", "DependsOn": "B"}}})",
       "Template format error: Unresolved resource dependencies [B] in the Resources block of the "
       "template"},
      {R"({"Resources": {"A": {"Type": "T", "Properties": {"P": {"Fn::GetAtt": "B.C"}}}}})",
       "Template error: instance of Fn::GetAtt references undefined resource B"},
      {R"({"Resources": {"A": {"Type": "T"}}, "Outputs": {"O": {"Value": {"Ref": "B"}}}})",
       "Template format error: Unresolved resource dependencies [B] in the Outputs block of the "
       "template"},
  };
  for (const auto& [text, expected] : rows)
    EXPECT_THAT(Problem(text), StartsWith(expected)) << text;
}

TEST(Templates, ACycleIsNamedWithoutWhatOnlyHangsOnIt) {
  const Template made = Made(R"({"Resources": {
      "A": {"Type": "T", "DependsOn": "B"}, "B": {"Type": "T", "Properties": {"P": {"Ref": "A"}}},
      "C": {"Type": "T", "DependsOn": "A"}, "D": {"Type": "T"}}})");
  Scope scope;
  scope.document = &made;

  const auto found = FindDependencies(scope);

  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message, "Circular dependency between resources: [A, B]");
}

TEST(Templates, ConditionsMayNeedEachOtherInAnyOrder) {
  const Template made = Made(R"({"Parameters": {"P": {"Type": "String"}}, "Conditions": {
      "Both": {"Fn::And": [{"Condition": "IsX"}, {"Fn::Not": [{"Condition": "IsY"}]}]},
      "IsX": {"Fn::Equals": [{"Ref": "P"}, "x"]}, "IsY": {"Fn::Equals": [{"Ref": "P"}, "y"]}},
      "Resources": {"A": {"Type": "T"}}})");
  Scope scope;
  scope.document = &made;
  scope.parameters = {{"P", "x"}};

  ASSERT_TRUE(EvaluateConditions(scope).ok());

  EXPECT_TRUE(scope.conditions["Both"]);
  EXPECT_FALSE(scope.conditions["IsY"]);
}

// The value of parameter P, or what is wrong with it.
std::string ParameterP(const std::string& declared, std::optional<std::string> given) {
  const auto document = ReadTemplate("{\"Parameters\": {\"P\": " + declared + "}}");
  json::Array list;
  if (given) list.emplace_back(json::Object{{"ParameterKey", "P"}, {"ParameterValue", *given}});
  ParameterSources sources;
  sources.given = &list;
  sources.read_ssm = [](std::string_view name) -> Answer<std::string> {
    return "stored-" + std::string(name);
  };
  const auto made = ResolveParameters(document.value(), sources);
  return made ? json::Write(made->values.At("P")) : made.error().message;
}

TEST(TemplateParameters, AreCheckedAndTyped) {
  EXPECT_EQ(ParameterP(R"({"Type": "String", "Default": "d"})", {}), R"("d")");
  EXPECT_EQ(ParameterP(R"({"Type": "String"})", {}), "Parameters: [P] must have values");
  EXPECT_EQ(ParameterP(R"({"Type": "CommaDelimitedList"})", "a, b"), R"(["a","b"])");
  EXPECT_EQ(ParameterP(R"({"Type": "Number", "MinValue": 3})", "2"),
            "Parameter 'P' must be a number not less than 3");
  EXPECT_EQ(ParameterP(R"({"Type": "Number"})", "x"), "Parameter 'P' must be a number");
  EXPECT_EQ(ParameterP(R"({"Type": "String", "AllowedValues": ["a"]})", "b"),
            "Parameter 'P' must be one of AllowedValues");
  EXPECT_EQ(ParameterP(R"({"Type": "String", "AllowedPattern": "[a-z]+"})", "A"),
            "Parameter 'P' must match pattern [a-z]+");
  EXPECT_EQ(
      ParameterP(R"({"Type": "String", "MaxLength": "1", "ConstraintDescription": "one"})", "ab"),
      "Parameter P failed to satisfy constraint: one");
  EXPECT_EQ(ParameterP(R"({"Type": "AWS::SSM::Parameter::Value<String>"})", "/n"),
            R"("stored-/n")");
  EXPECT_EQ(ParameterP(R"({"Type": "Nope"})", "x"),
            "Template format error: Unrecognized parameter type: Nope");
}

TEST(TemplateRules, AreCheckedAsTheCdkWritesThem) {
  const Template made = Made(R"({"Parameters": {"V": {"Type": "String"}}, "Rules": {"Check":
      {"Assertions": [{"Assert": {"Fn::Not": [{"Fn::Contains": [["1", "2"], {"Ref": "V"}]}]},
                       "AssertDescription": "version 6 required"}]}},
      "Resources": {"A": {"Type": "T"}}})");
  Scope scope;
  scope.document = &made;
  scope.parameters = {{"V", "2"}};

  const auto failed = CheckRules(scope);
  scope.parameters = {{"V", "6"}};

  ASSERT_FALSE(failed.ok());
  EXPECT_THAT(failed.error().message, HasSubstr("version 6 required"));
  EXPECT_TRUE(CheckRules(scope).ok());
}

TEST(Loops, WriteOutResourcesForEachItem) {
  const auto document = ReadTemplate(R"({"Transform": "AWS::LanguageExtensions", "Resources": {
      "Fn::ForEach::Topics": ["T", {"Ref": "L"}, {"Topic${T}": {"Type": "AWS::SSM::Parameter",
          "Properties": {"Value": {"Fn::Sub": "${T}-${AWS::Region}"}, "Name": {"Ref": "T"}}}}]}})");
  Scope scope;
  scope.parameters = {{"L", json::Array{"A", "B"}}};
  TransformWorld world;
  world.scope = &scope;

  const auto expanded = ExpandTransforms(document.value(), world);

  ASSERT_TRUE(expanded.ok()) << expanded.error().message;
  EXPECT_EQ(json::Write(json::Value(expanded->GetObject("Resources").GetObject("TopicB"))),
            R"({"Type":"AWS::SSM::Parameter","Properties":{"Value":{"Fn::Sub":"B-${AWS::Region}"},)"
            R"("Name":"B"}})");
}

TEST(DynamicReferences, AreReplacedWithinTexts) {
  const auto made = ReplaceDynamicReferences(
      json::Value(json::Array{"a-{{resolve:ssm:/n:3}}-b",
                              "{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:s-x:"
                              "SecretString:key}}"}),
      [](const DynamicReference& one) -> Answer<std::string> {
        return fmt::format("<{} {} {}>", one.service, one.name, one.json_key);
      });

  ASSERT_TRUE(made.ok());
  EXPECT_EQ(json::Write(*made),
            R"(["a-<ssm /n:3 >-b","<secretsmanager arn:aws:secretsmanager:r:1:secret:s-x key>"])");
}

}  // namespace
}  // namespace trunkline::cloud::cloudformation
