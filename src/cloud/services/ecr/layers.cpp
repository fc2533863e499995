// Layers: uploaded in parts, each an object of its own until the upload is complete.
#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/objects.h"
#include "cloud/services/ecr/families.h"
#include "cloud/services/ecr/repository.h"

namespace trunkline::cloud::ecr {
namespace {

constexpr std::int64_t kPartSize = 10485760;
constexpr std::int64_t kLargestLayer = 1LL << 30U;  // bytes: hashed in one transaction

Answer<Record> FindUpload(Context& context, const Repository& repository,
                          const json::Object& input) {
  const std::string_view id = input.GetString("uploadId");
  const Record* upload = context.store.Find(repository.scope, kUpload, id);
  if (upload && upload->parent == repository.Name()) return *upload;
  return ServiceError("UploadNotFoundException",
                      fmt::format("The upload with id '{}' does not exist in the repository with "
                                  "name '{}' in the registry with id '{}'",
                                  id, repository.Name(), repository.scope.account));
}

Answer<> InitiateLayerUpload(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  const std::string id = NewUuid(context.random);
  context.store.Put(repository.scope, kUpload,
                    {.id = id,
                     .parent = repository.Name(),
                     .name = id,
                     .body = {{"Parts", json::Array()}, {"Size", 0}}});
  return json::Object{{"uploadId", id}, {"partSize", kPartSize}};
}

Answer<> UploadLayerPart(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  TL_TRY(Record upload, FindUpload(context, repository, input));
  const std::string_view bytes = input.GetString("layerPartBlob");
  const std::int64_t first = input.GetInt("partFirstByte");
  const std::int64_t last = input.GetInt("partLastByte");
  const std::int64_t size = upload.body.GetInt("Size");
  if (first != size || last - first + 1 != static_cast<std::int64_t>(bytes.size())) {
    json::Object members = ToAnswer(repository);
    members.Set("uploadId", upload.id);
    members.Set("lastValidByteReceived", size - 1);
    return ServiceError("InvalidLayerPartException",
                        fmt::format("Invalid layer part: expected it to begin at byte {} and to be "
                                    "as long as it says",
                                    size),
                        std::move(members));
  }
  if (last >= kLargestLayer)
    return ServiceError("LimitExceededException", "A layer can be 1 GiB large here.");
  TL_TRY(std::string object, context.objects.Put(bytes));
  json::Array parts = upload.body.GetArray("Parts");
  parts.push_back(std::move(object));
  upload.body.Set("Parts", std::move(parts));
  upload.body.Set("Size", last + 1);
  json::Object answer = ToAnswer(repository);
  answer.Set("uploadId", upload.id);
  answer.Set("lastByteReceived", last);
  context.store.Put(repository.scope, kUpload, std::move(upload));
  return answer;
}

Answer<std::string> DigestOf(Context& context, const Record& upload) {
  Digest digest(Digest::Kind::kSha256);
  for (const json::Value& part : upload.body.GetArray("Parts")) {
    TL_TRY(const std::string bytes, context.objects.Read(part.AsString()));
    digest.Add(bytes);
  }
  return "sha256:" + ToHex(digest.Finish());
}

Answer<void> JoinParts(Context& context, const Repository& repository, const Record& upload,
                       const std::string& digest) {
  std::vector<std::string> parts;
  for (const json::Value& part : upload.body.GetArray("Parts")) parts.push_back(part.AsString());
  TL_TRY(const std::string object, context.objects.StageJoined(parts));
  TL_DO(context.objects.Keep(object));
  for (const std::string& part : parts) context.objects.Drop(part);
  context.store.Put(repository.scope, kLayer,
                    {.id = IdOf(repository, digest),
                     .parent = repository.Name(),
                     .name = digest,
                     .body = {{"ObjectId", object}, {"Size", upload.body.GetInt("Size")}}});
  context.store.Delete(repository.scope, kUpload, upload.id);
  return {};
}

Answer<> CompleteLayerUpload(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  TL_TRY(const Record upload, FindUpload(context, repository, input));
  if (upload.body.GetArray("Parts").empty()) {
    return ServiceError("EmptyUploadException",
                        "The layer upload does not contain any layer parts.");
  }
  TL_TRY(const std::string digest, DigestOf(context, upload));
  bool named = false;
  for (const json::Value& one : input.GetArray("layerDigests"))
    named = named || one.AsString() == digest;
  if (!named) {
    return ServiceError("InvalidLayerException",
                        fmt::format("The digest of the uploaded layer is '{}', which is not the "
                                    "expected one",
                                    digest));
  }
  if (context.store.Find(repository.scope, kLayer, IdOf(repository, digest))) {
    return ServiceError("LayerAlreadyExistsException",
                        fmt::format("The layer with digest '{}' already exists in the repository "
                                    "with name '{}' in registry with id '{}'",
                                    digest, repository.Name(), repository.scope.account));
  }
  TL_DO(JoinParts(context, repository, upload, digest));
  json::Object answer = ToAnswer(repository);
  answer.Set("uploadId", upload.id);
  answer.Set("layerDigest", digest);
  return answer;
}

Answer<> BatchCheckLayerAvailability(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  json::Array layers;
  json::Array failures;
  for (const json::Value& digest : input.GetArray("layerDigests")) {
    if (!digest.AsString().starts_with("sha256:")) {
      failures.push_back(json::Object{{"layerDigest", digest},
                                      {"failureCode", "InvalidLayerDigest"},
                                      {"failureReason", "Invalid layer digest"}});
      continue;
    }
    const Record* layer =
        context.store.Find(repository.scope, kLayer, IdOf(repository, digest.AsString()));
    json::Object shown{{"layerDigest", digest},
                       {"layerAvailability", layer ? "AVAILABLE" : "UNAVAILABLE"}};
    if (layer) shown.Set("layerSize", layer->body.At("Size"));
    layers.push_back(std::move(shown));
  }
  return json::Object{{"layers", std::move(layers)}, {"failures", std::move(failures)}};
}

// An address of this cloud, good as long as the layer is there; AWS's is for an hour.
Answer<> GetDownloadUrlForLayer(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  const std::string_view digest = input.GetString("layerDigest");
  const Record* layer = context.store.Find(repository.scope, kLayer, IdOf(repository, digest));
  if (!layer) {
    return ServiceError("LayersNotFoundException",
                        fmt::format("The layer with digest '{}' does not exist in the repository "
                                    "with name '{}' in registry with id '{}'",
                                    digest, repository.Name(), repository.scope.account));
  }
  return json::Object{{"downloadUrl", fmt::format("{}{}/{}", context.endpoint, kLayerPath,
                                                  layer->body.GetString("ObjectId"))},
                      {"layerDigest", digest}};
}

constexpr Operation kOperations[] = {
    {.name = "BatchCheckLayerAvailability", .handle = BatchCheckLayerAvailability},
    {.name = "CompleteLayerUpload", .handle = CompleteLayerUpload},
    {.name = "GetDownloadUrlForLayer", .handle = GetDownloadUrlForLayer},
    {.name = "InitiateLayerUpload", .handle = InitiateLayerUpload},
    {.name = "UploadLayerPart", .handle = UploadLayerPart},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLayerOperations = kOperations;

}  // namespace trunkline::cloud::ecr
