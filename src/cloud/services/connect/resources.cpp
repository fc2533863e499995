#include "cloud/services/connect/resources.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/list_token.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kCreating = "CREATION_IN_PROGRESS";
constexpr std::string_view kFailed = "CREATION_FAILED";

// Names first, then ids: no name holds a NUL.
std::string ListingKey(const Record& record) {
  std::string key = record.name;
  key += '\0';
  key += record.id;
  return key;
}

std::size_t LimitOf(const json::Object& input, const PageOptions& options) {
  return static_cast<std::size_t>(
      input.GetInt("MaxResults", static_cast<std::int64_t>(options.default_limit)));
}

// The key the page begins behind; empty for the first page.
Answer<std::string> PageStart(const json::Object& input, const PageOptions& options) {
  const std::string_view token = input.GetString("NextToken");
  if (token.empty()) return std::string();
  const auto key = ReadListToken(options.listing, token);
  if (!key) {
    return ServiceError(options.error,
                        fmt::format("next token '{}' was not given out for this listing", token));
  }
  return *key;
}

}  // namespace

std::string InstanceArn(const Context& context, std::string_view instance_id) {
  return fmt::format("arn:aws:connect:{}:{}:instance/{}", context.region, context.caller.account,
                     instance_id);
}

std::string ResourceArn(const Context& context, std::string_view instance_id, std::string_view path,
                        std::string_view id) {
  return fmt::format("{}/{}/{}", InstanceArn(context, instance_id), path, id);
}

std::string_view IdOfResource(const Context& context, std::string_view instance_id,
                              std::string_view path, std::string_view id_or_arn) {
  if (!id_or_arn.starts_with("arn:")) return id_or_arn;
  const std::string start = InstanceArn(context, instance_id);
  if (!id_or_arn.starts_with(start)) return {};
  std::string_view rest = id_or_arn.substr(start.size());
  if (instance_id.empty()) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return {};
    rest.remove_prefix(slash);
  }
  if (!rest.starts_with('/')) return {};
  rest.remove_prefix(1);
  if (!rest.starts_with(path) || rest.size() <= path.size() + 1 || rest[path.size()] != '/')
    return {};
  return rest.substr(path.size() + 1);
}

std::string_view NameOf(const Record& instance) {
  return instance.body.GetString("InstanceAlias", instance.id);
}

Answer<const Record*> FindInstance(Context& context, std::string_view id_or_arn) {
  std::string_view id = id_or_arn;
  if (id.starts_with("arn:")) {
    const std::string start = InstanceArn(context, "");
    id = id.starts_with(start) ? id.substr(start.size()) : std::string_view();
  }
  const Record* instance =
      id.empty() ? nullptr : context.store.Find(context.RegionScope(), kInstance, id);
  if (instance == nullptr) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("instance '{}' does not exist in account {} and Region {}",
                                    id_or_arn, context.caller.account, context.region));
  }
  return instance;
}

Answer<const Record*> FindInstance(Context& context, const json::Object& input) {
  return FindInstance(context, input.GetString("InstanceId"));
}

Answer<const Record*> FindActiveInstance(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const std::string_view status = instance->body.GetString("InstanceStatus");
  if (status == kFailed) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("instance '{}' could not be created: delete it, and create it "
                                    "again",
                                    NameOf(*instance)));
  }
  if (status == kCreating) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("instance '{}' is still being created: wait until its status is ACTIVE",
                    NameOf(*instance)));
  }
  return instance;
}

Answer<const Record*> FindResource(Context& context, const Record& instance,
                                   const ResourceKind& kind, std::string_view id_or_arn) {
  const std::string_view id = IdOfResource(context, instance.id, kind.path, id_or_arn);
  const Record* record =
      id.empty() ? nullptr : context.store.Find(context.RegionScope(), kind.kind, id);
  if (record == nullptr || record->parent != instance.id) {
    return NotFound(kind.word, id_or_arn, instance);
  }
  return record;
}

Answer<const Record*> FindResource(Context& context, const ResourceKind& kind,
                                   const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return FindResource(context, *instance, kind, input.GetString(kind.label));
}

json::Value Now(const Context& context) {
  return json::Number{EpochSeconds(context.Now())};
}

void Touch(Context& context, json::Object& body) {
  body.Set("LastModifiedTime", Now(context));
  body.Set("LastModifiedRegion", context.region);
}

void Save(Context& context, Kind kind, Record record) {
  Touch(context, record.body);
  context.store.Put(context.RegionScope(), kind, std::move(record));
}

void CopyMembers(const json::Object& input, std::initializer_list<std::string_view> members,
                 json::Object& body) {
  CopyMembers(input, std::span(members.begin(), members.size()), body);
}

void CopyMembers(const json::Object& input, std::span<const std::string_view> members,
                 json::Object& body) {
  for (const std::string_view member : members) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
}

Answer<void> CheckNameIsFree(Context& context, const Record& instance, const ResourceKind& kind,
                             std::string_view name, std::string_view own_id) {
  const Record* other =
      context.store.FindByName(context.RegionScope(), kind.kind, instance.id, name);
  if (other == nullptr || other->id == own_id) return {};
  return ServiceError(kind.taken, fmt::format("a {} named '{}' already exists in instance '{}'",
                                              kind.word, name, NameOf(instance)));
}

Answer<Record> NewResource(Context& context, const Record& instance, const ResourceKind& kind,
                           std::string_view name, const json::Object& input) {
  TL_DO(CheckNameIsFree(context, instance, kind, name, ""));
  if (context.store.List(context.RegionScope(), kind.kind, instance.id).size() >= kind.quota) {
    return ServiceError(
        kind.full, fmt::format("instance '{}' already has {} resources of the kind {}: the quota",
                               NameOf(instance), kind.quota, kind.word));
  }
  Record record{.id = NewUuid(context.random), .parent = instance.id, .name = std::string(name)};
  record.body.Set(kind.arn_member, ResourceArn(context, instance.id, kind.path, record.id));
  record.body.Set(kind.id_member, record.id);
  record.body.Set(kind.name_member, name);
  record.body.SetIfNotEmpty("Description", input.GetString("Description"));
  record.body.Set("Tags", input.GetObject("Tags"));
  Touch(context, record.body);
  return record;
}

Answer<void> Rename(Context& context, const ResourceKind& kind, const json::Object& input,
                    Record& record) {
  if (const json::Value* name = input.Find("Name")) {
    TL_TRY(const Record* instance, FindInstance(context, record.parent));
    TL_DO(CheckNameIsFree(context, *instance, kind, name->AsString(), record.id));
    record.name = name->AsString();
    record.body.Set(kind.name_member, *name);
  }
  if (const json::Value* description = input.Find("Description")) {
    if (description->AsString().empty()) {
      record.body.Remove("Description");
    } else {
      record.body.Set("Description", *description);
    }
  }
  return {};
}

Answer<> Describe(Context& context, const ResourceKind& kind, const json::Object& input) {
  TL_TRY(const Record* record, FindResource(context, kind, input));
  json::Object output;
  output.Set(kind.wrapper, record->body);
  return output;
}

Answer<> PageOf(const json::Object& input, std::string_view member, std::vector<PageItem> items,
                const PageOptions& options) {
  TL_TRY(const std::string start, PageStart(input, options));
  std::ranges::sort(items, {}, &PageItem::key);
  const auto begin =
      start.empty() ? items.begin() : std::ranges::upper_bound(items, start, {}, &PageItem::key);
  const auto left = static_cast<std::size_t>(items.end() - begin);
  const std::size_t count = std::min(LimitOf(input, options), left);

  json::Array page;
  for (std::size_t i = 0; i < count; ++i)
    page.push_back(std::move(begin[static_cast<std::ptrdiff_t>(i)].value));
  json::Object output;
  output.Set(member, std::move(page));
  if (count < left && count > 0) {
    output.Set("NextToken",
               MakeListToken(options.listing, begin[static_cast<std::ptrdiff_t>(count) - 1].key));
  }
  return output;
}

Answer<> PageOf(Context& context, const json::Object& input, std::string_view member,
                const std::vector<const Record*>& records, ToValue to_value,
                const PageOptions& options) {
  TL_TRY(const std::string start, PageStart(input, options));
  std::size_t at = 0;
  while (!start.empty() && at < records.size() && ListingKey(*records[at]) <= start) ++at;
  const std::size_t end = std::min(records.size(), at + LimitOf(input, options));

  json::Array page;
  for (; at < end; ++at) page.push_back(to_value(context, *records[at]));
  json::Object output;
  output.Set(member, std::move(page));
  if (end < records.size() && end > 0) {
    output.Set("NextToken", MakeListToken(options.listing, ListingKey(*records[end - 1])));
  }
  return output;
}

json::Object Summary(const ResourceKind& kind, const Record& record) {
  json::Object summary;
  summary.Set("Id", record.id);
  summary.Set("Arn", record.body.GetString(kind.arn_member));
  summary.Set("Name", record.name);
  CopyMembers(record.body, {"LastModifiedTime", "LastModifiedRegion"}, summary);
  return summary;
}

ServiceError NotFound(std::string_view word, std::string_view what, const Record& instance) {
  return {"ResourceNotFoundException",
          fmt::format("{} '{}' does not exist in instance '{}'", word, what, NameOf(instance))};
}

ServiceError InvalidRequest(std::string_view message) {
  return {"InvalidRequestException", message};
}

ServiceError InvalidParameter(std::string_view message) {
  return {"InvalidParameterException", message};
}

}  // namespace trunkline::cloud::connect
