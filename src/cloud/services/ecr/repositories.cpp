// Repositories: creating, listing, settings, tags, deleting.
#include <algorithm>

#include <fmt/format.h>

#include "aws/partition.h"
#include "cloud/objects.h"
#include "cloud/services/ecr/families.h"
#include "cloud/services/ecr/repository.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::ecr {
namespace {

constexpr std::size_t kMostTags = 50;
constexpr std::int64_t kDefaultPage = 100;

Answer<void> CheckTags(const json::Array& tags) {
  if (!RepeatedTagKey(tags).empty())
    return ServiceError("InvalidTagParameterException", "A tag key stands twice.");
  if (tags.size() > kMostTags) {
    return ServiceError("TooManyTagsException",
                        "The number of tags on the repository is above the limit of 50.");
  }
  return {};
}

Answer<void> CheckMutability(const json::Object& input) {
  const std::string_view mutability = input.GetString("imageTagMutability");
  const bool filters = input.Has("imageTagMutabilityExclusionFilters");
  if (mutability.ends_with("_WITH_EXCLUSION") == filters) return {};
  return Invalid(
      fmt::format("imageTagMutability' failed to satisfy constraint: 'exclusion filters "
                  "{} with {}",
                  filters ? "cannot be given" : "must be given", mutability));
}

std::string RepositoryUri(const Context& context, std::string_view name) {
  return fmt::format("{}.dkr.ecr.{}.{}/{}", context.caller.account, context.region,
                     aws::PartitionOf(context.region).domain, name);
}

Answer<> CreateRepository(Context& context, const json::Object& input) {
  const std::string name(input.GetString("repositoryName"));
  if (context.store.Find(context.RegionScope(), kRepository, name)) {
    return ServiceError(
        "RepositoryAlreadyExistsException",
        fmt::format("The repository with name '{}' already exists in the registry with id '{}'",
                    name, context.caller.account));
  }
  TL_DO(CheckTags(input.GetArray("tags")));
  TL_DO(CheckMutability(input));
  Repository repository{.scope = context.RegionScope(),
                        .record = {.id = name, .parent = "", .name = name, .body = {}}};
  json::Object& body = repository.record.body;
  body = ToAnswer(repository);
  body.Set("repositoryArn", repository.Arn());
  body.Set("repositoryUri", RepositoryUri(context, name));
  body.Set("createdAt", Seconds(context));
  body.Set("imageTagMutability", input.GetString("imageTagMutability", "MUTABLE"));
  if (const json::Value* filters = input.Find("imageTagMutabilityExclusionFilters"))
    body.Set("imageTagMutabilityExclusionFilters", *filters);
  body.Set("imageScanningConfiguration",
           json::Object{{"scanOnPush",
                         input.GetObject("imageScanningConfiguration").GetBool("scanOnPush")}});
  json::Object encryption = input.GetObject("encryptionConfiguration");
  if (encryption.empty()) encryption.Set("encryptionType", "AES256");
  body.Set("encryptionConfiguration", std::move(encryption));
  body.Set("Tags", input.GetArray("tags"));
  json::Object answer{{"repository", body}};
  Save(context, std::move(repository));
  return answer;
}

Answer<> DescribeRepositories(Context& context, const json::Object& input) {
  json::Array repositories;
  if (input.Has("repositoryNames")) {
    for (const json::Value& name : input.GetArray("repositoryNames")) {
      json::Object named{{"repositoryName", name},
                         {"registryId", input.GetString("registryId", context.caller.account)}};
      TL_TRY(const Repository repository, FindRepository(context, named));
      repositories.push_back(repository.record.body);
    }
    return json::Object{{"repositories", std::move(repositories)}};
  }
  const auto page =
      context.store.ListPage(context.RegionScope(), kRepository, {},
                             static_cast<std::size_t>(input.GetInt("maxResults", kDefaultPage)),
                             input.GetString("nextToken"));
  if (!page) return Invalid("nextToken' failed to satisfy constraint: 'Invalid token");
  for (const Record* record : page->records) repositories.push_back(record->body);
  json::Object answer{{"repositories", std::move(repositories)}};
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

void DeleteAllOf(Context& context, const Repository& repository, Kind kind,
                 std::string_view object) {
  std::vector<Record> records;
  for (const Record* one : context.store.List(repository.scope, kind, repository.Name()))
    records.push_back(*one);
  for (const Record& one : records) {
    if (one.body.Has(object)) context.objects.Drop(std::string(one.body.GetString(object)));
    for (const json::Value& part : one.body.GetArray("Parts"))
      context.objects.Drop(part.AsString());
    context.store.Delete(repository.scope, kind, one.id);
  }
}

Answer<> DeleteRepository(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  const bool empty = context.store.List(repository.scope, kImage, repository.Name()).empty();
  if (!empty && !input.GetBool("force")) {
    return ServiceError("RepositoryNotEmptyException",
                        fmt::format("The repository with name '{}' in registry with id '{}' cannot "
                                    "be deleted because it still contains images",
                                    repository.Name(), repository.scope.account));
  }
  DeleteAllOf(context, repository, kImage, "ManifestId");
  DeleteAllOf(context, repository, kLayer, "ObjectId");
  DeleteAllOf(context, repository, kUpload, "ObjectId");
  context.store.Delete(repository.scope, kRepository, repository.Name());
  return json::Object{{"repository", repository.record.body}};
}

Answer<> PutSetting(Context& context, const json::Object& input,
                    std::initializer_list<std::string_view> members) {
  TL_TRY(Repository repository, FindRepository(context, input));
  json::Object answer = ToAnswer(repository);
  for (const std::string_view member : members) {
    repository.record.body.Remove(member);
    if (const json::Value* value = input.Find(member)) {
      repository.record.body.Set(member, *value);
      answer.Set(member, *value);
    }
  }
  Save(context, std::move(repository));
  return answer;
}

Answer<> PutImageScanningConfiguration(Context& context, const json::Object& input) {
  return PutSetting(context, input, {"imageScanningConfiguration"});
}

Answer<> PutImageTagMutability(Context& context, const json::Object& input) {
  TL_DO(CheckMutability(input));
  return PutSetting(context, input, {"imageTagMutability", "imageTagMutabilityExclusionFilters"});
}

Answer<> BatchGetRepositoryScanningConfiguration(Context& context, const json::Object& input) {
  json::Array configurations;
  json::Array failures;
  for (const json::Value& name : input.GetArray("repositoryNames")) {
    const auto repository = FindRepository(context, json::Object{{"repositoryName", name}});
    if (!repository) {
      failures.push_back(json::Object{{"repositoryName", name},
                                      {"failureCode", "REPOSITORY_NOT_FOUND"},
                                      {"failureReason", repository.error().message}});
      continue;
    }
    const bool on_push =
        repository->record.body.GetObject("imageScanningConfiguration").GetBool("scanOnPush");
    configurations.push_back(json::Object{{"repositoryArn", repository->Arn()},
                                          {"repositoryName", name},
                                          {"scanOnPush", on_push},
                                          {"scanFrequency", on_push ? "SCAN_ON_PUSH" : "MANUAL"},
                                          {"appliedScanFilters", json::Array()}});
  }
  return json::Object{{"scanningConfigurations", std::move(configurations)},
                      {"failures", std::move(failures)}};
}

Answer<> KeepTags(Context& context, Repository repository, json::Array tags) {
  TL_DO(CheckTags(tags));
  repository.record.body.Set("Tags", std::move(tags));
  Save(context, std::move(repository));
  return json::Object();
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Repository repository, FindByArn(context, input.GetString("resourceArn")));
  json::Array tags = repository.record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("tags"));
  return KeepTags(context, std::move(repository), std::move(tags));
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Repository repository, FindByArn(context, input.GetString("resourceArn")));
  json::Array tags = repository.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("tagKeys"));
  return KeepTags(context, std::move(repository), std::move(tags));
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindByArn(context, input.GetString("resourceArn")));
  return json::Object{{"tags", repository.record.body.GetArray("Tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetRepositoryScanningConfiguration",
     .handle = BatchGetRepositoryScanningConfiguration},
    {.name = "CreateRepository", .handle = CreateRepository},
    {.name = "DeleteRepository", .handle = DeleteRepository},
    {.name = "DescribeRepositories", .handle = DescribeRepositories},
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "PutImageScanningConfiguration", .handle = PutImageScanningConfiguration},
    {.name = "PutImageTagMutability", .handle = PutImageTagMutability},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRepositoryOperations = kOperations;

}  // namespace trunkline::cloud::ecr
