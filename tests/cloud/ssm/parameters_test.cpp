#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Parameters : public CloudTest {
 protected:
  json::Object Put(std::string_view name, std::string_view value, json::Object more = {}) {
    json::Object input{{"Name", name}, {"Value", value}, {"Type", "String"}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    return Do("ssm", "PutParameter", input);
  }
  json::Object Get(std::string_view name, bool decrypt = false) {
    return Do("ssm", "GetParameter", {{"Name", name}, {"WithDecryption", decrypt}})
        .GetObject("Parameter");
  }
  static std::vector<std::string> Names(const json::Object& answer,
                                        std::string_view list = "Parameters") {
    std::vector<std::string> names;
    for (const json::Value& item : answer.GetArray(list)) {
      names.emplace_back(item.IsString() ? item.AsString()
                                         : std::string(item.AsObject().GetString("Name")));
    }
    return names;
  }
};

TEST_F(Parameters, ANewOneIsReadBackWithItsArn) {
  const json::Object put = Put("/acme/dev/instance", "i-1");

  EXPECT_EQ(put.GetInt("Version"), 1);
  EXPECT_EQ(put.GetString("Tier"), "Standard");
  const json::Object parameter = Get("/acme/dev/instance");
  EXPECT_EQ(parameter.GetString("Value"), "i-1");
  EXPECT_EQ(parameter.GetString("Type"), "String");
  EXPECT_EQ(parameter.GetString("DataType"), "text");
  EXPECT_EQ(parameter.GetString("ARN"),
            "arn:aws:ssm:eu-central-1:111122223333:parameter/acme/dev/instance");
}

TEST_F(Parameters, IsFoundByItsArnWithAndWithoutLeadingSlash) {
  Put("/acme/a", "1");
  Put("plain", "2");

  EXPECT_EQ(Get("arn:aws:ssm:eu-central-1:111122223333:parameter/acme/a").GetString("Value"), "1");
  EXPECT_EQ(Get("arn:aws:ssm:eu-central-1:111122223333:parameter/plain").GetString("Value"), "2");
  EXPECT_THAT(
      Ask("ssm", "GetParameter", {{"Name", "arn:aws:ssm:us-east-1:111122223333:parameter/plain"}}),
      Fails(400, "ParameterNotFound", HasSubstr("not found")));
}

TEST_F(Parameters, OverwritingCountsVersionsAndKeepsTheOldOnes) {
  Put("a", "one");

  EXPECT_EQ(Put("a", "two", {{"Overwrite", true}}).GetInt("Version"), 2);
  EXPECT_EQ(Get("a").GetString("Value"), "two");
  const json::Object first = Get("a:1");
  EXPECT_EQ(first.GetString("Value"), "one");
  EXPECT_EQ(first.GetString("Selector"), ":1");
}

TEST_F(Parameters, OverwritingMustBeAskedFor) {
  Put("a", "one");

  EXPECT_THAT(Ask("ssm", "PutParameter", {{"Name", "a"}, {"Value", "two"}, {"Type", "String"}}),
              Fails(400, "ParameterAlreadyExists", HasSubstr("set the overwrite option")));
}

TEST_F(Parameters, OverwritingMayLeaveTheTypeOutButNotChangeIt) {
  Put("a", "one");

  EXPECT_EQ(Do("ssm", "PutParameter", {{"Name", "a"}, {"Value", "2"}, {"Overwrite", true}})
                .GetInt("Version"),
            2);
  EXPECT_THAT(Ask("ssm", "PutParameter",
                  {{"Name", "a"}, {"Value", "3"}, {"Type", "SecureString"}, {"Overwrite", true}}),
              Fails(400, "HierarchyTypeMismatchException", HasSubstr("'a' is a String")));
}

TEST_F(Parameters, KeepsTheLastHundredVersions) {
  Put("a", "0");
  for (int i = 1; i <= 100; ++i) Put("a", std::to_string(i), {{"Overwrite", true}});

  EXPECT_THAT(Ask("ssm", "GetParameter", {{"Name", "a:1"}}),
              Fails(400, "ParameterVersionNotFound", HasSubstr("version 1")));
  EXPECT_EQ(Get("a:2").GetString("Value"), "1");
}

TEST_F(Parameters, HistoryShowsEveryVersionInPages) {
  Put("a", "one", {{"Description", "first"}});
  Put("a", "two", {{"Overwrite", true}});
  Put("a", "three", {{"Overwrite", true}});

  const json::Object page = Do("ssm", "GetParameterHistory", {{"Name", "a"}, {"MaxResults", 2}});
  const json::Object rest =
      Do("ssm", "GetParameterHistory",
         {{"Name", "a"}, {"MaxResults", 2}, {"NextToken", page.At("NextToken")}});

  EXPECT_EQ(page.GetArray("Parameters").size(), 2U);
  ASSERT_EQ(rest.GetArray("Parameters").size(), 1U);
  EXPECT_EQ(rest.GetArray("Parameters")[0].AsObject().GetString("Value"), "three");
  EXPECT_EQ(rest.GetArray("Parameters")[0].AsObject().GetString("LastModifiedUser"),
            "arn:aws:iam::111122223333:root");
  EXPECT_FALSE(rest.Has("NextToken"));
}

TEST_F(Parameters, ASecureStringShowsItsValueOnlyWhenDecrypted) {
  Put("/acme/password", "hunter2", {{"Type", "SecureString"}});

  const json::Object sealed = Get("/acme/password");
  EXPECT_EQ(sealed.GetString("Type"), "SecureString");
  EXPECT_THAT(std::string(sealed.GetString("Value")), Not(HasSubstr("hunter2")));
  EXPECT_EQ(Get("/acme/password", true).GetString("Value"), "hunter2");
  EXPECT_EQ(Get("/acme/password:1", true).GetString("Value"), "hunter2");
}

TEST_F(Parameters, ASecureStringOpensAfterARestart) {
  Put("/acme/password", "hunter2", {{"Type", "SecureString"}});

  Restart();

  EXPECT_EQ(Get("/acme/password", true).GetString("Value"), "hunter2");
}

TEST_F(Parameters, DescribingShowsTheKeyOfASecureStringButNoValue) {
  Put("/acme/password", "hunter2", {{"Type", "SecureString"}, {"Description", "door"}});

  const json::Object answer = Do("ssm", "DescribeParameters");

  ASSERT_EQ(answer.GetArray("Parameters").size(), 1U);
  const json::Object& shown = answer.GetArray("Parameters")[0].AsObject();
  EXPECT_EQ(shown.GetString("KeyId"), "alias/aws/ssm");
  EXPECT_EQ(shown.GetString("Description"), "door");
  EXPECT_FALSE(shown.Has("Value"));
}

struct BadName {
  std::string name;
  std::string code;
  std::string text;
};
class ParameterNames : public Parameters, public ::testing::WithParamInterface<BadName> {};
TEST_P(ParameterNames, BreakingARuleIsRefused) {
  const BadName& row = GetParam();

  EXPECT_THAT(Ask("ssm", "PutParameter", {{"Name", row.name}, {"Value", "1"}, {"Type", "String"}}),
              Fails(400, row.code, HasSubstr(row.text)));
}
INSTANTIATE_TEST_SUITE_P(
    Rules, ParameterNames,
    ::testing::Values(BadName{"a/b", "ValidationException", "fully qualified name"},
                      BadName{"/awsome", "ValidationException", "'/awsome'"},
                      BadName{"SSM-x", "ValidationException", "prefixed with"},
                      BadName{"/a b", "ValidationException", ".-_"},
                      BadName{"/a/", "ValidationException", ".-_"},
                      BadName{"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
                              "HierarchyLevelLimitExceededException", "15 levels"}));

struct BadPut {
  json::Object input;
  std::string code;
  std::string text;
};
class ParameterValues : public Parameters, public ::testing::WithParamInterface<BadPut> {};
TEST_P(ParameterValues, BreakingARuleIsRefused) {
  const BadPut& row = GetParam();

  EXPECT_THAT(Ask("ssm", "PutParameter", row.input), Fails(400, row.code, HasSubstr(row.text)));
}
INSTANTIATE_TEST_SUITE_P(
    Rules, ParameterValues,
    ::testing::Values(
        BadPut{{{"Name", "a"}, {"Value", "1"}}, "ValidationException", "type is required"},
        BadPut{
            {{"Name", "a"}, {"Value", ""}, {"Type", "String"}}, "ValidationException", "'value'"},
        BadPut{{{"Name", "a"}, {"Value", std::string(4097, 'x')}, {"Type", "String"}},
               "ValidationException",
               "4096 characters"},
        BadPut{{{"Name", "a"},
                {"Value", std::string(8193, 'x')},
                {"Type", "String"},
                {"Tier", "Advanced"}},
               "ValidationException",
               "8192"},
        BadPut{{{"Name", "a"}, {"Value", "x"}, {"Type", "String"}, {"AllowedPattern", "^[0-9]+$"}},
               "ParameterPatternMismatchException",
               "^[0-9]+$"},
        BadPut{{{"Name", "a"}, {"Value", "x"}, {"Type", "String"}, {"AllowedPattern", "(["}},
               "InvalidAllowedPatternException",
               "'(['"},
        BadPut{{{"Name", "a"}, {"Value", "x"}, {"Type", "String"}, {"DataType", "json"}},
               "ValidationException",
               "json"},
        BadPut{{{"Name", "a"}, {"Value", "x"}, {"Type", "String"}, {"KeyId", "alias/mine"}},
               "ValidationException",
               "KeyId is only"},
        BadPut{{{"Name", "a"}, {"Value", "x"}, {"Type", "String"}, {"Policies", "[{}]"}},
               "IncompatiblePolicyException",
               "not implemented"}));

TEST_F(Parameters, IntelligentTieringPicksTheTierByTheSize) {
  EXPECT_EQ(Put("small", "x", {{"Tier", "Intelligent-Tiering"}}).GetString("Tier"), "Standard");
  EXPECT_EQ(
      Put("large", std::string(5000, 'x'), {{"Tier", "Intelligent-Tiering"}}).GetString("Tier"),
      "Advanced");
}

TEST_F(Parameters, ReadingManySaysWhichDoNotExist) {
  Put("a", "1");
  Put("b", "2");

  const json::Object answer =
      Do("ssm", "GetParameters", {{"Names", json::Array{"b", "nope", "a"}}});

  EXPECT_THAT(Names(answer), ElementsAre("b", "a"));
  EXPECT_THAT(Names(answer, "InvalidParameters"), ElementsAre("nope"));
}

TEST_F(Parameters, ReadingByPathStaysOnOneLevelUnlessRecursive) {
  Put("/acme/a", "1");
  Put("/acme/b/c", "2");
  Put("/other/a", "3");

  EXPECT_THAT(Names(Do("ssm", "GetParametersByPath", {{"Path", "/acme"}})), ElementsAre("/acme/a"));
  EXPECT_THAT(Names(Do("ssm", "GetParametersByPath", {{"Path", "/acme/"}, {"Recursive", true}})),
              ElementsAre("/acme/a", "/acme/b/c"));
  EXPECT_THAT(Ask("ssm", "GetParametersByPath", {{"Path", "acme"}}),
              Fails(400, "ValidationException", HasSubstr("must begin with a forward slash")));
}

TEST_F(Parameters, ReadingByPathPagesOverTen) {
  for (char c = 'a'; c < 'a' + 12; ++c) Put(std::string("/p/") + c, "1");

  const json::Object first = Do("ssm", "GetParametersByPath", {{"Path", "/p"}});
  const json::Object second =
      Do("ssm", "GetParametersByPath", {{"Path", "/p"}, {"NextToken", first.At("NextToken")}});

  EXPECT_EQ(Names(first).size(), 10U);
  EXPECT_THAT(Names(second), ElementsAre("/p/k", "/p/l"));
  EXPECT_FALSE(second.Has("NextToken"));
  EXPECT_THAT(
      Ask("ssm", "GetParametersByPath", {{"Path", "/q"}, {"NextToken", first.At("NextToken")}}),
      Fails(400, "InvalidNextToken", HasSubstr("not valid")));
}

json::Array Filter(std::string_view key, std::string_view option, std::string_view value) {
  return {json::Object{{"Key", key}, {"Option", option}, {"Values", json::Array{value}}}};
}

TEST_F(Parameters, DescribingFiltersByNameTypeAndTag) {
  Put("/acme/one", "1");
  Put("/acme/two", "a,b", {{"Type", "StringList"}});
  Put("/zeta/one", "1", {{"Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "sales"}}}}});

  const auto described = [&](const json::Array& filters) {
    return Names(Do("ssm", "DescribeParameters", {{"ParameterFilters", filters}}));
  };
  EXPECT_THAT(described(Filter("Name", "BeginsWith", "/acme")),
              ElementsAre("/acme/one", "/acme/two"));
  EXPECT_THAT(described(Filter("Name", "Contains", "one")), ElementsAre("/acme/one", "/zeta/one"));
  EXPECT_THAT(described(Filter("Name", "Equals", "/acme/one")), ElementsAre("/acme/one"));
  EXPECT_THAT(described(Filter("Type", "Equals", "StringList")), ElementsAre("/acme/two"));
  EXPECT_THAT(described(Filter("tag:team", "Equals", "sales")), ElementsAre("/zeta/one"));
  EXPECT_THAT(described(Filter("Path", "Recursive", "/zeta")), ElementsAre("/zeta/one"));
  EXPECT_THAT(
      Ask("ssm", "DescribeParameters", {{"ParameterFilters", Filter("Name", "Sounds", "x")}}),
      Fails(400, "InvalidFilterOption", HasSubstr("Sounds")));
}

TEST_F(Parameters, DeletingForgetsVersionsToo) {
  Put("a", "1");
  Put("a", "2", {{"Overwrite", true}});

  Do("ssm", "DeleteParameter", {{"Name", "a"}});

  EXPECT_THAT(Ask("ssm", "GetParameter", {{"Name", "a:1"}}),
              Fails(400, "ParameterNotFound", HasSubstr("a")));
  EXPECT_THAT(Ask("ssm", "DeleteParameter", {{"Name", "a"}}),
              Fails(400, "ParameterNotFound", HasSubstr("a")));
  EXPECT_EQ(Put("a", "3").GetInt("Version"), 1);
}

TEST_F(Parameters, DeletingManySaysWhichDidNotExist) {
  Put("a", "1");

  const json::Object answer = Do("ssm", "DeleteParameters", {{"Names", json::Array{"a", "b"}}});

  EXPECT_THAT(Names(answer, "DeletedParameters"), ElementsAre("a"));
  EXPECT_THAT(Names(answer, "InvalidParameters"), ElementsAre("b"));
}

TEST_F(Parameters, TagsAreAddedChangedAndRemoved) {
  Put("a", "1", {{"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "1"}}}}});
  const json::Object resource{{"ResourceType", "Parameter"}, {"ResourceId", "a"}};

  json::Object add = resource;
  add.Set("Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "2"}},
                              json::Object{{"Key", "l"}, {"Value", ""}}});
  Do("ssm", "AddTagsToResource", add);
  json::Object remove = resource;
  remove.Set("TagKeys", json::Array{"l"});
  Do("ssm", "RemoveTagsFromResource", remove);

  const json::Object tags = Do("ssm", "ListTagsForResource", resource);
  EXPECT_EQ(tags.GetArray("TagList"), (json::Array{json::Object{{"Key", "k"}, {"Value", "2"}}}));
  EXPECT_THAT(
      Ask("ssm", "ListTagsForResource", {{"ResourceType", "Parameter"}, {"ResourceId", "b"}}),
      Fails(400, "InvalidResourceId", HasSubstr("\"b\"")));
  EXPECT_THAT(
      Ask("ssm", "ListTagsForResource", {{"ResourceType", "Document"}, {"ResourceId", "b"}}),
      Fails(400, "InvalidResourceType", HasSubstr("not implemented")));
}

TEST_F(Parameters, TagsSurviveOverwritingWhichTakesNone) {
  Put("a", "1", {{"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "1"}}}}});
  Put("a", "2", {{"Overwrite", true}});

  const json::Object tags =
      Do("ssm", "ListTagsForResource", {{"ResourceType", "Parameter"}, {"ResourceId", "a"}});
  EXPECT_EQ(tags.GetArray("TagList").size(), 1U);
  EXPECT_THAT(
      Ask("ssm", "PutParameter",
          {{"Name", "a"},
           {"Value", "3"},
           {"Overwrite", true},
           {"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "1"}}}}}),
      Fails(400, "ValidationException", HasSubstr("tags and overwrite can't be used together")));
}

TEST_F(Parameters, ALabelMovesFromVersionToVersion) {
  Put("a", "one");
  Put("a", "two", {{"Overwrite", true}});
  const auto label = [&](int version) {
    return Do(
        "ssm", "LabelParameterVersion",
        {{"Name", "a"}, {"ParameterVersion", version}, {"Labels", json::Array{"live", "9bad"}}});
  };

  EXPECT_THAT(Names(label(1), "InvalidLabels"), ElementsAre("9bad"));
  EXPECT_EQ(Get("a:live").GetString("Value"), "one");
  label(2);
  EXPECT_EQ(Get("a:live").GetString("Value"), "two");

  const json::Object removed =
      Do("ssm", "UnlabelParameterVersion",
         {{"Name", "a"}, {"ParameterVersion", 2}, {"Labels", json::Array{"live"}}});
  EXPECT_THAT(Names(removed, "RemovedLabels"), ElementsAre("live"));
  EXPECT_THAT(Ask("ssm", "GetParameter", {{"Name", "a:live"}}),
              Fails(400, "ParameterVersionNotFound", HasSubstr("label live")));
}

TEST_F(Parameters, BelongToTheirAccountAndRegion) {
  Put("a", "1");

  UseRegion("us-west-2");
  EXPECT_THAT(Ask("ssm", "GetParameter", {{"Name", "a"}}),
              Fails(400, "ParameterNotFound", HasSubstr("a")));
  UseRegion("eu-central-1");
  UseAccount("999988887777");
  EXPECT_THAT(Names(Do("ssm", "DescribeParameters")), IsEmpty());
}

TEST_F(Parameters, SurviveARestart) {
  Put("/acme/a", "1");
  Put("/acme/a", "2", {{"Overwrite", true}});

  Restart();

  EXPECT_EQ(Get("/acme/a").GetString("Value"), "2");
  EXPECT_EQ(Get("/acme/a:1").GetString("Value"), "1");
}

}  // namespace
}  // namespace trunkline::cloud::tests
