#include "functions/monorepo.h"

#include "tests/functions/handed_over.h"

namespace trunkline::functions::tests {
namespace {

using ::testing::HasSubstr;

class MonorepoZip : public HandedOver {
 protected:
  std::string Message() {
    const auto answer = Invoke("flow-provisioner", Event());
    return std::string(answer.value().AsObject().GetString("message"));
  }
};

TEST_F(MonorepoZip, IsReadWithItsFilesInOneFolder) {
  folder_ = "acme-center-0123abc/";

  const Result<Unpacked> unpacked = UnpackMonorepo(Zip());

  ASSERT_TRUE(unpacked.ok());
  EXPECT_EQ(unpacked->files.front().name, "amzconnect-devops-pipelines/env/accountvars.json");
}

TEST_F(MonorepoZip, IsKeptWithoutWhatIsNoProjects) {
  With("README.md", "hello");
  With("node_modules/x/index.js", "x");

  EXPECT_EQ(UnpackMonorepo(Zip())->files.size(), 2U);
}

TEST_F(MonorepoZip, IsReadWithoutFollowingLinks) {
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "trunkline.json", .bytes = "{}"});
  entries.push_back({.name = "amzconnect-x", .bytes = "/etc/passwd", .link = true});

  const Result<Unpacked> unpacked = UnpackMonorepo(WriteZip(std::move(entries)).value());

  EXPECT_EQ(unpacked->files.size(), 1U);
  EXPECT_EQ(unpacked->links, 1U);
}

TEST_F(MonorepoZip, IsRefusedWithoutProjects) {
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "README.md", .bytes = "hello"});

  EXPECT_THAT(UnpackMonorepo(WriteZip(std::move(entries)).value()).error().message(),
              HasSubstr("expected the projects' folders"));
}

TEST_F(MonorepoZip, IsRefusedBeforeItIsFetchedWhenItIsTooLarge) {
  aws_.On("s3:HeadObject", json::Object{{"ContentLength", kMonorepoLimit + 1}});

  EXPECT_THAT(Message(), HasSubstr("has 67108865 bytes, 67108864 are taken"));
  EXPECT_TRUE(aws_.Inputs("s3:GetObject").empty());
}

TEST_F(MonorepoZip, IsMissedByItsName) {
  aws_.Fails("s3:HeadObject", "NotFound");

  EXPECT_THAT(Message(), HasSubstr("there is no object 'center.zip' in bucket 'artifacts'"));
}

TEST_F(MonorepoZip, IsRefusedWhenItIsNoZip) {
  aws_.On("s3:GetObject", json::Object{{"Body", "no zip"}});

  EXPECT_THAT(Message(), HasSubstr("while unpacking s3://artifacts/center.zip"));
}

}  // namespace
}  // namespace trunkline::functions::tests
