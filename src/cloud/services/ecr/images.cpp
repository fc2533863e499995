// Putting, getting and deleting images by their manifests.
#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "cloud/access/condition.h"
#include "cloud/objects.h"
#include "cloud/services/ecr/families.h"
#include "cloud/services/ecr/repository.h"

namespace trunkline::cloud::ecr {
namespace {

constexpr std::string_view kDefaultMediaType =
    "application/vnd.docker.distribution.manifest.v2+json";

// What a manifest names: its config and layers, or the images of a list.
struct Named {
  std::vector<std::string> blobs;
  std::vector<std::string> images;
  std::int64_t size = 0;
};

void AddBlob(const json::Object& descriptor, Named& named) {
  if (!descriptor.Has("digest")) return;
  named.blobs.emplace_back(descriptor.GetString("digest"));
  named.size += descriptor.GetInt("size");
}

Answer<Named> ReadManifest(std::string_view text) {
  const auto parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) {
    return Invalid("ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax");
  }
  const json::Object& manifest = parsed->AsObject();
  Named named;
  AddBlob(manifest.GetObject("config"), named);
  for (const json::Value& layer : manifest.GetArray("layers")) AddBlob(layer.AsObject(), named);
  for (const json::Value& image : manifest.GetArray("manifests"))
    named.images.emplace_back(image.AsObject().GetString("digest"));
  return named;
}

Answer<void> CheckNamed(Context& context, const Repository& repository, const Named& named) {
  for (const std::string& digest : named.blobs) {
    if (!context.store.Find(repository.scope, kLayer, IdOf(repository, digest))) {
      return ServiceError("LayersNotFoundException",
                          fmt::format("Layers with digests '[{}]' required for pushing image into "
                                      "repository with name '{}' in the registry with id '{}' do "
                                      "not exist",
                                      digest, repository.Name(), repository.scope.account));
    }
  }
  for (const std::string& digest : named.images) {
    if (!context.store.Find(repository.scope, kImage, IdOf(repository, digest))) {
      return ServiceError("ReferencedImagesNotFoundException",
                          fmt::format("The image with digest '{}' that the manifest list refers to "
                                      "does not exist",
                                      digest));
    }
  }
  return {};
}

bool MayMove(const Repository& repository, std::string_view tag) {
  const std::string_view mutability = repository.record.body.GetString("imageTagMutability");
  const json::Array& filters =
      repository.record.body.GetArray("imageTagMutabilityExclusionFilters");
  const bool excluded = std::ranges::any_of(filters, [&](const json::Value& filter) {
    return access::MatchesWildcard(tag, filter.AsObject().GetString("filter"));
  });
  return mutability.starts_with("MUTABLE") != excluded;
}

void TakeTag(Context& context, const Repository& repository, Record image, std::string_view tag) {
  json::Array tags = image.body.GetArray("imageTags");
  std::erase_if(tags, [&](const json::Value& one) { return one.AsString() == tag; });
  image.body.Set("imageTags", std::move(tags));
  context.store.Put(repository.scope, kImage, std::move(image));
}

json::Object Show(const Repository& repository, const Record& image, std::string_view tag,
                  std::string manifest) {
  json::Object shown = ToAnswer(repository);
  json::Object id{{"imageDigest", image.body.GetString("imageDigest")}};
  id.SetIfNotEmpty("imageTag", tag);
  shown.Set("imageId", std::move(id));
  shown.Set("imageManifest", std::move(manifest));
  shown.Set("imageManifestMediaType", image.body.GetString("imageManifestMediaType"));
  return shown;
}

// The tag goes from the image that has it to the new one, where the repository lets it.
Answer<void> ClaimTag(Context& context, const Repository& repository, std::string_view tag,
                      std::string_view digest) {
  const Record* holder = FindImage(context, repository, json::Object{{"imageTag", tag}});
  if (!holder || holder->body.GetString("imageDigest") == digest) return {};
  if (MayMove(repository, tag)) {
    TakeTag(context, repository, *holder, tag);
    return {};
  }
  return ServiceError("ImageTagAlreadyExistsException",
                      fmt::format("The image tag '{}' already exists in the '{}' repository and "
                                  "cannot be overwritten because the tag is immutable.",
                                  tag, repository.Name()));
}

Answer<Record> NewImage(Context& context, const Repository& repository, const json::Object& input,
                        const std::string& digest) {
  TL_TRY(const Named named, ReadManifest(input.GetString("imageManifest")));
  TL_DO(CheckNamed(context, repository, named));
  TL_TRY(std::string object, context.objects.Put(input.GetString("imageManifest")));
  const auto parsed = json::Parse(input.GetString("imageManifest"));
  const std::string_view said = parsed->AsObject().GetString("mediaType", kDefaultMediaType);
  json::Object body{{"imageDigest", digest},
                    {"imageTags", json::Array()},
                    {"ManifestId", std::move(object)},
                    {"imageManifestMediaType", input.GetString("imageManifestMediaType", said)},
                    {"imageSizeInBytes", named.size},
                    {"imagePushedAt", Seconds(context)}};
  return Record{.id = IdOf(repository, digest),
                .parent = repository.Name(),
                .name = digest,
                .body = std::move(body)};
}

Answer<> PutImage(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  const std::string manifest(input.GetString("imageManifest"));
  const std::string digest = "sha256:" + ToHex(Sha256(manifest));
  const std::string tag(input.GetString("imageTag"));
  if (input.Has("imageDigest") && input.GetString("imageDigest") != digest) {
    return ServiceError("ImageDigestDoesNotMatchException",
                        fmt::format("Image manifest does not match the digest '{}'",
                                    input.GetString("imageDigest")));
  }
  const Record* present = context.store.Find(repository.scope, kImage, IdOf(repository, digest));
  if (present && (tag.empty() || HasTag(*present, tag))) {
    return ServiceError("ImageAlreadyExistsException",
                        fmt::format("Image with digest '{}' and tag '{}' already exists in the "
                                    "repository with name '{}' in registry with id '{}'",
                                    digest, tag, repository.Name(), repository.scope.account));
  }
  Record image;
  if (present) {
    image = *present;
  } else {
    TL_TRY(image, NewImage(context, repository, input, digest));
  }
  if (!tag.empty()) {
    TL_DO(ClaimTag(context, repository, tag, digest));
    json::Array tags = image.body.GetArray("imageTags");
    tags.emplace_back(tag);
    image.body.Set("imageTags", std::move(tags));
  }
  json::Object answer{{"image", Show(repository, image, tag, manifest)}};
  context.store.Put(repository.scope, kImage, std::move(image));
  return answer;
}

json::Object Failure(const json::Object& id) {
  const bool named = id.Has("imageDigest") || id.Has("imageTag");
  return {{"imageId", id},
          {"failureCode", named ? "ImageNotFound" : "MissingDigestAndTag"},
          {"failureReason", named ? "Requested image not found"
                                  : "Invalid request parameters: both tag and digest cannot be "
                                    "null"}};
}

Answer<> BatchGetImage(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  json::Array images;
  json::Array failures;
  for (const json::Value& id : input.GetArray("imageIds")) {
    const Record* image = FindImage(context, repository, id.AsObject());
    if (!image) {
      failures.push_back(Failure(id.AsObject()));
      continue;
    }
    TL_TRY(std::string manifest,
           context.objects.Read(std::string(image->body.GetString("ManifestId"))));
    images.push_back(
        Show(repository, *image, id.AsObject().GetString("imageTag"), std::move(manifest)));
  }
  return json::Object{{"images", std::move(images)}, {"failures", std::move(failures)}};
}

// By tag: the tag goes, and the image with its last one. By digest: the image goes.
json::Array DeleteOne(Context& context, const Repository& repository, Record image,
                      std::string_view tag) {
  const json::Array tags = image.body.GetArray("imageTags");
  const std::string digest(image.body.GetString("imageDigest"));
  json::Array deleted;
  if (!tag.empty() && tags.size() > 1) {
    deleted.push_back(json::Object{{"imageDigest", digest}, {"imageTag", tag}});
    TakeTag(context, repository, std::move(image), tag);
    return deleted;
  }
  for (const json::Value& one : tags)
    deleted.push_back(json::Object{{"imageDigest", digest}, {"imageTag", one}});
  if (tags.empty()) deleted.push_back(json::Object{{"imageDigest", digest}});
  context.objects.Drop(std::string(image.body.GetString("ManifestId")));
  context.store.Delete(repository.scope, kImage, image.id);
  return deleted;
}

Answer<> BatchDeleteImage(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  json::Array deleted;
  json::Array failures;
  for (const json::Value& id : input.GetArray("imageIds")) {
    const Record* image = FindImage(context, repository, id.AsObject());
    if (!image) {
      failures.push_back(Failure(id.AsObject()));
      continue;
    }
    for (json::Value& one :
         DeleteOne(context, repository, *image, id.AsObject().GetString("imageTag")))
      deleted.push_back(std::move(one));
  }
  return json::Object{{"imageIds", std::move(deleted)}, {"failures", std::move(failures)}};
}

constexpr Operation kOperations[] = {
    {.name = "BatchDeleteImage", .handle = BatchDeleteImage},
    {.name = "BatchGetImage", .handle = BatchGetImage},
    {.name = "PutImage", .handle = PutImage},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kImageOperations = kOperations;

}  // namespace trunkline::cloud::ecr
