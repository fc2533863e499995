#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class ConnectViews : public ConnectTest {
 protected:
  static json::Object Content(std::string_view title) {
    return {
        {"Template", fmt::format(R"({{"Head":{{"Title":"{}"}},"Body":[{{"_id":"a",)"
                                 R"("Type":"Form","Props":{{"Heading":"$.Customer.Name"}}}}]}})",
                                 title)},
        {"Actions", json::Array{"Next"}}};
  }
  Answered AskCreate(std::string_view status, json::Object content) {
    return AskConnect("CreateView", {{"Name", "Order"},
                                     {"Status", status},
                                     {"Content", std::move(content)},
                                     {"Tags", json::Object{{"team", "blue"}}}});
  }
  std::string Make(std::string_view status = "PUBLISHED") {
    const Answered made = AskCreate(status, Content("one"));
    EXPECT_THAT(made, Succeeds());
    return std::string(made.output.GetObject("View").GetString("Id"));
  }
  json::Object View(std::string_view id) {
    return DoConnect("DescribeView", {{"ViewId", id}}).GetObject("View");
  }
  void Save(std::string_view id, std::string_view title, std::string_view status) {
    DoConnect("UpdateViewContent",
              {{"ViewId", id}, {"Status", status}, {"Content", Content(title)}});
  }
  json::Object MakeVersion(std::string_view id, json::Object more = {}) {
    return DoConnect("CreateViewVersion", Merged({{"ViewId", id}}, more)).GetObject("View");
  }
};

TEST_F(ConnectViews, AreDescribedWithTheirContent) {
  const std::string id = Make();

  const json::Object view = View(id);

  EXPECT_EQ(view.GetString("Arn"), InstanceArn() + "/view/" + id);
  EXPECT_EQ(view.GetString("Type"), "CUSTOMER_MANAGED");
  EXPECT_EQ(view.GetString("Status"), "PUBLISHED");
  EXPECT_EQ(view.GetObject("Tags").GetString("team"), "blue");
  EXPECT_THAT(std::string(view.GetString("ViewContentSha256")), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_THAT(view.GetObject("Content").GetString("InputSchema"), HasSubstr("\"Customer\""));
  EXPECT_EQ(view.GetObject("Content").GetArray("Actions"), json::Array{"Next"});
}

TEST_F(ConnectViews, AreNotFoundWithoutAQualifierUntilTheyArePublished) {
  const std::string id = Make("SAVED");

  EXPECT_THAT(AskConnect("DescribeView", {{"ViewId", id}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("is not published")));
  EXPECT_EQ(View(id + ":$SAVED").GetString("Status"), "SAVED");

  Save(id, "two", "PUBLISHED");
  EXPECT_THAT(View(id).GetObject("Content").GetString("Template"), HasSubstr("two"));
}

TEST_F(ConnectViews, KeepWhatIsPublishedBesideADraft) {
  const std::string id = Make();
  Save(id, "draft", "SAVED");
  Restart();

  EXPECT_THAT(View(id).GetObject("Content").GetString("Template"), HasSubstr("one"));
  EXPECT_THAT(View(id + ":$SAVED").GetObject("Content").GetString("Template"), HasSubstr("draft"));
}

TEST_F(ConnectViews, MakeAVersionOfEachContentOnce) {
  const std::string id = Make();
  const json::Object first = MakeVersion(id, {{"VersionDescription", "first"}});
  const json::Object same = MakeVersion(id);
  Save(id, "two", "PUBLISHED");
  const json::Object second = MakeVersion(id);

  EXPECT_EQ(first.GetInt("Version"), 1);
  EXPECT_THAT(first.GetString("Arn"), EndsWith("/view/" + id + ":1"));
  EXPECT_EQ(same.GetInt("Version"), 1);
  EXPECT_EQ(second.GetInt("Version"), 2);
  EXPECT_THAT(View(id + ":1").GetObject("Content").GetString("Template"), HasSubstr("one"));
  const json::Object page = DoConnect("ListViewVersions", {{"ViewId", id}, {"MaxResults", 1}});
  EXPECT_EQ(page.GetArray("ViewVersionSummaryList")[0].AsObject().GetString("VersionDescription"),
            "first");
  EXPECT_TRUE(page.Has("NextToken"));
  DoConnect("DeleteViewVersion", {{"ViewId", id}, {"ViewVersion", 1}});
  EXPECT_THAT(AskConnect("DescribeView", {{"ViewId", id + ":1"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("no version '1'")));
}

TEST_F(ConnectViews, MakeAVersionOfTheExpectedContentOnly) {
  const std::string id = Make();
  const std::string hash(View(id).GetString("ViewContentSha256"));

  EXPECT_THAT(AskConnect("CreateViewVersion",
                         {{"ViewId", id}, {"ViewContentSha256", std::string(64, '0')}}),
              Fails(400, "InvalidRequestException", HasSubstr("another ViewContentSha256")));
  EXPECT_EQ(MakeVersion(id, {{"ViewContentSha256", hash}}).GetInt("Version"), 1);
}

TEST_F(ConnectViews, ArePublishedWithATemplateThatHolds) {
  const auto refused = [&](std::string_view text) {
    return AskCreate("PUBLISHED", {{"Template", text}, {"Actions", json::Array()}});
  };

  EXPECT_THAT(refused("{"), Fails(400, "InvalidParameterException", HasSubstr("must be JSON")));
  EXPECT_THAT(refused("[]"),
              Fails(400, "InvalidParameterException", HasSubstr("must be a JSON object")));
  EXPECT_THAT(refused("{}"), Fails(400, "InvalidParameterException", HasSubstr("needs a Body")));
  EXPECT_THAT(AskCreate("SAVED", {{"Template", "{}"}}), Succeeds());
}

TEST_F(ConnectViews, AreListedByTypeAndName) {
  Make("SAVED");

  const json::Object all = DoConnect("ListViews");
  const json::Object own = DoConnect("ListViews", {{"Type", "CUSTOMER_MANAGED"}});

  EXPECT_THAT(Names(all.GetArray("ViewsSummaryList")),
              ElementsAre("Cards", "Confirmation", "Detail", "Form", "List", "Order"));
  EXPECT_THAT(Names(own.GetArray("ViewsSummaryList"), "Status"), ElementsAre("SAVED"));
}

TEST_F(ConnectViews, AreManagedByAwsToo) {
  const std::string arn = "arn:aws:connect:eu-central-1:aws:view/form";

  EXPECT_EQ(View(arn).GetString("Arn"), arn + ":1");
  EXPECT_EQ(View(arn + ":1").GetString("Type"), "AWS_MANAGED");
  EXPECT_THAT(AskConnect("DeleteView", {{"ViewId", arn}}),
              Fails(400, "InvalidRequestException", HasSubstr("managed by AWS")));
  EXPECT_THAT(AskConnect("DescribeView", {{"ViewId", arn + ":2"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("does not exist")));
}

TEST_F(ConnectViews, AreSearchedByNameStatusAndTag) {
  Make("SAVED");
  const json::Object blue{{"TagCondition", json::Object{{"TagKey", "team"}, {"TagValue", "blue"}}}};

  const json::Object tagged =
      DoConnect("SearchViews", {{"SearchFilter", json::Object{{"AttributeFilter", blue}}}});
  const json::Object managed =
      DoConnect("SearchViews",
                {{"SearchCriteria",
                  json::Object{{"ViewTypeCondition", "AWS_MANAGED"},
                               {"StringCondition", json::Object{{"FieldName", "name"},
                                                                {"Value", "form"},
                                                                {"ComparisonType", "EXACT"}}}}}});

  EXPECT_THAT(Names(tagged.GetArray("Views")), ElementsAre("Order"));
  EXPECT_THAT(Names(managed.GetArray("Views")), ElementsAre("Form"));
}

TEST_F(ConnectViews, AreRenamedAndDeletedWithTheirVersions) {
  const std::string id = Make();
  MakeVersion(id);
  DoConnect("UpdateViewMetadata", {{"ViewId", id}, {"Name", "Basket"}, {"Description", "new"}});
  EXPECT_EQ(View(id).GetString("Description"), "new");
  EXPECT_THAT(AskCreate("PUBLISHED", Content("two")), Succeeds());  // the name is free again
  EXPECT_THAT(AskCreate("PUBLISHED", Content("two")),
              Fails(409, "DuplicateResourceException", HasSubstr("named 'Order'")));

  DoConnect("DeleteView", {{"ViewId", id}});

  EXPECT_THAT(AskConnect("ListViewVersions", {{"ViewId", id}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("does not exist")));
}

TEST_F(ConnectViews, AreMadeOnceForAToken) {
  const json::Object input{
      {"Name", "Order"}, {"Status", "SAVED"}, {"Content", Content("one")}, {"ClientToken", "a"}};

  const json::Object first = DoConnect("CreateView", input);

  EXPECT_EQ(DoConnect("CreateView", input), first);
}

}  // namespace
}  // namespace trunkline::cloud::tests
