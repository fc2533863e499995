#include "base/hash.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class EcrRepositories : public CloudTest {
 protected:
  void Create(std::string_view name = "app", json::Object more = {}) {
    more.Set("repositoryName", name);
    Do("ecr", "CreateRepository", more);
  }
  std::string UploadLayer(std::string_view bytes) {
    const std::string id(
        Do("ecr", "InitiateLayerUpload", {{"repositoryName", "app"}}).GetString("uploadId"));
    const std::size_t half = bytes.size() / 2;
    Part(id, 0, bytes.substr(0, half));
    Part(id, half, bytes.substr(half));
    const std::string digest = "sha256:" + ToHex(Sha256(bytes));
    Do("ecr", "CompleteLayerUpload",
       {{"repositoryName", "app"}, {"uploadId", id}, {"layerDigests", json::Array{digest}}});
    return digest;
  }
  void Part(const std::string& id, std::size_t first, std::string_view bytes) {
    Do("ecr", "UploadLayerPart",
       {{"repositoryName", "app"},
        {"uploadId", id},
        {"partFirstByte", first},
        {"partLastByte", first + bytes.size() - 1},
        {"layerPartBlob", bytes}});
  }
  static std::string Manifest(std::string_view layer) {
    return fmt::format(
        R"({{"schemaVersion":2,"layers":[{{"mediaType":"x","size":10,"digest":"{}"}}]}})", layer);
  }
  Answered Put(std::string_view manifest, std::string_view tag) {
    return Ask("ecr", "PutImage",
               {{"repositoryName", "app"}, {"imageManifest", manifest}, {"imageTag", tag}});
  }
};

TEST_F(EcrRepositories, AreMadeDescribedAndDeleted) {
  Create("team/app");
  Restart();

  const json::Array all = Do("ecr", "DescribeRepositories").GetArray("repositories");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].AsObject().GetString("repositoryArn"),
            "arn:aws:ecr:eu-central-1:111122223333:repository/team/app");
  EXPECT_EQ(all[0].AsObject().GetString("repositoryUri"),
            "111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/app");
  EXPECT_THAT(Ask("ecr", "CreateRepository", {{"repositoryName", "team/app"}}),
              Fails(400, "RepositoryAlreadyExistsException", HasSubstr("already exists")));
  Do("ecr", "DeleteRepository", {{"repositoryName", "team/app"}});
  EXPECT_THAT(Ask("ecr", "DescribeRepositories", {{"repositoryNames", json::Array{"team/app"}}}),
              Fails(400, "RepositoryNotFoundException",
                    "The repository with name 'team/app' does not exist in the registry with id "
                    "'111122223333'"));
}

TEST_F(EcrRepositories, AnImageNeedsItsLayersAndIsReadBack) {
  Create();
  EXPECT_THAT(Put(Manifest("sha256:nope"), "v1"),
              Fails(400, "LayersNotFoundException", HasSubstr("sha256:nope")));
  const std::string manifest = Manifest(UploadLayer("layer bytes"));
  ASSERT_TRUE(Put(manifest, "v1").ok());
  Restart();

  const json::Object got = Do("ecr", "BatchGetImage",
                              {{"repositoryName", "app"},
                               {"imageIds", json::Array{json::Object{{"imageTag", "v1"}},
                                                        json::Object{{"imageTag", "v2"}}}}});
  ASSERT_THAT(got.GetArray("images"), SizeIs(1));
  EXPECT_EQ(got.GetArray("images")[0].AsObject().GetString("imageManifest"), manifest);
  EXPECT_THAT(got.GetArray("failures"), SizeIs(1));
  EXPECT_THAT(Put(manifest, "v1"), Fails(400, "ImageAlreadyExistsException", HasSubstr("v1")));
}

TEST_F(EcrRepositories, ALayerIsDownloadedByItsUrl) {
  Create();
  const std::string digest = UploadLayer("layer bytes");
  const std::string url(
      Do("ecr", "GetDownloadUrlForLayer", {{"repositoryName", "app"}, {"layerDigest", digest}})
          .GetString("downloadUrl"));

  EXPECT_EQ(Send({.method = "GET", .target = url.substr(url.find("/_trunkline"))}).status, 200);
  EXPECT_EQ(Send({.method = "GET", .target = "/_trunkline/ecr-layer/nope"}).status, 404);
}

TEST_F(EcrRepositories, AnImmutableTagStaysWhereItIs) {
  Create("app", {{"imageTagMutability", "IMMUTABLE"}});
  ASSERT_TRUE(Put(Manifest(UploadLayer("one")), "v1").ok());
  const std::string second = Manifest(UploadLayer("two"));

  EXPECT_THAT(Put(second, "v1"),
              Fails(400, "ImageTagAlreadyExistsException", HasSubstr("immutable")));
  Do("ecr", "PutImageTagMutability",
     {{"repositoryName", "app"}, {"imageTagMutability", "MUTABLE"}});
  EXPECT_TRUE(Put(second, "v1").ok());
  EXPECT_THAT(Do("ecr", "ListImages",
                 {{"repositoryName", "app"}, {"filter", json::Object{{"tagStatus", "TAGGED"}}}})
                  .GetArray("imageIds"),
              SizeIs(1));
}

TEST_F(EcrRepositories, AreNotDeletedWithImagesUnlessForced) {
  Create();
  ASSERT_TRUE(Put(Manifest(UploadLayer("one")), "v1").ok());

  EXPECT_THAT(Ask("ecr", "DeleteRepository", {{"repositoryName", "app"}}),
              Fails(400, "RepositoryNotEmptyException", HasSubstr("still contains images")));
  Do("ecr", "DeleteRepository", {{"repositoryName", "app"}, {"force", true}});
  Create();
  EXPECT_THAT(Do("ecr", "ListImages", {{"repositoryName", "app"}}).GetArray("imageIds"), IsEmpty());
}

TEST_F(EcrRepositories, AnImageGoesWithItsLastTag) {
  Create();
  const std::string manifest = Manifest(UploadLayer("one"));
  ASSERT_TRUE(Put(manifest, "v1").ok());
  ASSERT_TRUE(Put(manifest, "v2").ok());
  const auto remove = [&](std::string_view tag) {
    Do("ecr", "BatchDeleteImage",
       {{"repositoryName", "app"}, {"imageIds", json::Array{json::Object{{"imageTag", tag}}}}});
  };
  remove("v1");
  EXPECT_THAT(Do("ecr", "DescribeImages", {{"repositoryName", "app"}}).GetArray("imageDetails"),
              SizeIs(1));
  remove("v2");

  EXPECT_THAT(Do("ecr", "DescribeImages", {{"repositoryName", "app"}}).GetArray("imageDetails"),
              IsEmpty());
}

TEST_F(EcrRepositories, ALayersPartsMustFollowEachOther) {
  Create();
  const std::string id(
      Do("ecr", "InitiateLayerUpload", {{"repositoryName", "app"}}).GetString("uploadId"));

  EXPECT_THAT(Ask("ecr", "UploadLayerPart",
                  {{"repositoryName", "app"},
                   {"uploadId", id},
                   {"partFirstByte", 5},
                   {"partLastByte", 6},
                   {"layerPartBlob", "ab"}}),
              Fails(400, "InvalidLayerPartException", HasSubstr("begin at byte 0")));
}

TEST_F(EcrRepositories, PoliciesAndTagsAreKept) {
  Create();
  EXPECT_THAT(Ask("ecr", "GetRepositoryPolicy", {{"repositoryName", "app"}}),
              Fails(400, "RepositoryPolicyNotFoundException", HasSubstr("does not exist")));
  Do("ecr", "SetRepositoryPolicy",
     {{"repositoryName", "app"}, {"policyText", R"({"Statement":[]})"}});
  EXPECT_EQ(Do("ecr", "GetRepositoryPolicy", {{"repositoryName", "app"}}).GetString("policyText"),
            R"({"Statement":[]})");
  const std::string arn = "arn:aws:ecr:eu-central-1:111122223333:repository/app";
  Do("ecr", "TagResource",
     {{"resourceArn", arn}, {"tags", json::Array{json::Object{{"Key", "a"}, {"Value", "1"}}}}});
  EXPECT_THAT(Do("ecr", "ListTagsForResource", {{"resourceArn", arn}}).GetArray("tags"), SizeIs(1));
}

TEST_F(EcrRepositories, ATokenIsGiven) {
  EXPECT_THAT(Do("ecr", "GetAuthorizationToken").GetArray("authorizationData"), SizeIs(1));
}

}  // namespace
}  // namespace trunkline::cloud::tests
