// Reading values and descriptions.
#include <fmt/format.h>

#include "cloud/list_page.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/filters.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

Answer<Record> ChooseVersion(Context& context, const Secret& secret, const json::Object& input) {
  const std::string_view id = input.GetString("VersionId");
  const std::string_view stage = input.GetString("VersionStage", id.empty() ? kCurrent : "");
  auto version = id.empty() ? FindStage(context, secret, stage) : FindVersion(context, secret, id);
  if (!version || !version->body.Has("Sealed")) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Secrets Manager can't find the specified secret value for {}",
                                    id.empty() ? fmt::format("staging label: {}", stage)
                                               : fmt::format("VersionId: {}", id)));
  }
  if (!stage.empty() && !HasStage(*version, stage)) {
    return ServiceError("InvalidRequestException",
                        "You provided a VersionStage that is not associated to the provided "
                        "VersionId.");
  }
  return *std::move(version);
}

// What AWS records is the day, not the time.
json::Number Today(const Context& context) {
  return {EpochSeconds(std::chrono::floor<std::chrono::days>(context.Now()))};
}

void NoteRead(Context& context, Secret secret, Record version) {
  version.body.Set("LastAccessedDate", Today(context));
  secret.record.body.Set("LastAccessedDate", Today(context));
  SaveVersion(context, secret, std::move(version));
  Save(context, std::move(secret));
}

Answer<> GetSecretValue(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  TL_TRY(Record version, ChooseVersion(context, secret, input));
  TL_TRY(const std::optional<Plain> plain, OpenValue(context, secret, version));
  json::Object answer = ToAnswer(secret);
  answer.Set("VersionId", version.body.GetString("VersionId"));
  answer.Set("VersionStages", version.body.GetArray("VersionStages"));
  answer.Set("CreatedDate", version.body.At("CreatedDate"));
  answer.Set(plain->binary ? "SecretBinary" : "SecretString", plain->bytes);
  NoteRead(context, std::move(secret), std::move(version));
  return answer;
}

Answer<> DescribeSecret(Context& context, const json::Object& input) {
  TL_TRY(const Secret secret, FindSecret(context, input.GetString("SecretId")));
  json::Object answer = secret.record.body;
  answer.Set("VersionIdsToStages", VersionsToStages(context, secret));
  return answer;
}

Answer<> BatchGetSecretValue(Context& context, const json::Object& input) {
  if (input.Has("SecretIdList") == input.Has("Filters")) {
    return ServiceError("InvalidParameterException",
                        "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
  }
  constexpr std::int64_t kDefaultPage = 20;
  json::Array ids = input.GetArray("SecretIdList");
  std::string next;
  if (input.Has("Filters")) {
    TL_TRY(ListPage page, ListSecretNames(context, input, kDefaultPage));
    ids = std::move(page.items);
    next = std::move(page.next);
  }
  json::Array values;
  json::Array errors;
  for (const json::Value& id : ids) {
    auto value = GetSecretValue(context, json::Object{{"SecretId", id}});
    if (value) {
      values.push_back(*std::move(value));
    } else {
      errors.push_back(json::Object{
          {"SecretId", id}, {"ErrorCode", value.error().code}, {"Message", value.error().message}});
    }
  }
  json::Object answer{{"SecretValues", std::move(values)}, {"Errors", std::move(errors)}};
  answer.SetIfNotEmpty("NextToken", next);
  return answer;
}

Answer<> ListSecretVersionIds(Context& context, const json::Object& input) {
  TL_TRY(const Secret secret, FindSecret(context, input.GetString("SecretId")));
  const bool all = input.GetBool("IncludeDeprecated");
  json::Array versions;
  for (const Record* version : context.store.List(secret.scope, kVersion, secret.Name())) {
    if (all || !version->body.GetArray("VersionStages").empty()) versions.push_back(version->body);
  }
  constexpr std::int64_t kDefaultPage = 100;
  const std::string listing = fmt::format("versions {} {}", secret.Arn(), all);
  auto page = TakePage(std::move(versions),
                       {.name = listing,
                        .order = "VersionId",
                        .limit = static_cast<std::size_t>(input.GetInt("MaxResults", kDefaultPage)),
                        .token = input.GetString("NextToken")});
  if (!page) return ServiceError("InvalidNextTokenException", "The NextToken value is invalid.");
  json::Object answer = ToAnswer(secret);
  answer.Set("Versions", std::move(page->items));
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetSecretValue", .handle = BatchGetSecretValue},
    {.name = "DescribeSecret", .handle = DescribeSecret},
    {.name = "GetSecretValue", .handle = GetSecretValue},
    {.name = "ListSecretVersionIds", .handle = ListSecretVersionIds},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReadOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
