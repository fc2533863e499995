// Repositories, images and layers as they stand in the store.
//
//   {"ecr","repository"}  id and name: the repository's name. body: Repository's members, "Tags",
//                         "Policy", "LifecyclePolicy"
//   {"ecr","image"}       id: "<repository>@<digest>", parent: the repository. body: "imageDigest",
//                         "imageTags", "ManifestId" (an object), "imageManifestMediaType",
//                         "imageSizeInBytes", "imagePushedAt"
//   {"ecr","layer"}       id: "<repository>@<digest>", parent: the repository. body: "ObjectId",
//                         "Size"
//   {"ecr","upload"}      id: the upload's. parent: the repository. body: "Parts" (objects), "Size"
// The registry's own protocol (docker push) is not spoken: images come by PutImage and layers by
// parts.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::ecr {

inline constexpr Kind kRepository{"ecr", "repository"};
inline constexpr Kind kImage{"ecr", "image"};
inline constexpr Kind kLayer{"ecr", "layer"};
inline constexpr Kind kUpload{"ecr", "upload"};
inline constexpr std::string_view kLayerPath = "/_trunkline/ecr-layer";  // layer_route.cpp

ServiceError Invalid(std::string_view text);  // InvalidParameterException

struct Repository {
  Scope scope;
  Record record;
  const std::string& Name() const { return record.id; }
  std::string Arn() const;
};

// By the input's repositoryName and registryId: RepositoryNotFoundException. Another account's
// where its policy names the caller's.
Answer<Repository> FindRepository(Context& context, const json::Object& input);
Answer<Repository> FindByArn(Context& context, std::string_view arn);
void Save(Context& context, Repository repository);
// registryId and repositoryName: what nearly every answer begins with.
json::Object ToAnswer(const Repository& repository);
std::string IdOf(const Repository& repository, std::string_view digest);
json::Number Seconds(const Context& context);

// An image by digest or tag, or both; nullptr: there is none.
const Record* FindImage(Context& context, const Repository& repository,
                        const json::Object& identifier);
bool HasTag(const Record& image, std::string_view tag);

}  // namespace trunkline::cloud::ecr
