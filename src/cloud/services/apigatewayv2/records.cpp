#include "cloud/services/apigatewayv2/records.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/address.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

// API Gateway gives all of most APIs at once; a page may be asked to be smaller.
constexpr std::int64_t kPage = 500;

std::string RecordId(const Part& part, std::string_view api_id, std::string_view id) {
  return part.length == 0 ? fmt::format("{}/{}", api_id, id) : std::string(id);
}

// A deployment's snapshot is for the clients of the API, not for its owner.
json::Object Show(const Context& /*context*/, const json::Object& body) {
  json::Object shown;
  for (const json::Member& member : body) {
    if (member.key != "Snapshot") shown.Set(member.key, member.value);
  }
  return shown;
}

void MergeMap(json::Object& map, const json::Object& changes) {
  for (const json::Member& change : changes) {
    if (change.value.IsString() && change.value.AsString().empty()) {
      map.Remove(change.key);
    } else {
      map.Set(change.key, change.value);
    }
  }
}

}  // namespace

ServiceError BadRequest(std::string_view text) {
  return {"BadRequestException", text};
}

ServiceError NotFound(std::string_view text) {
  return {"NotFoundException", text};
}

Answer<const Record*> FindApi(Context& context, std::string_view api_id) {
  const Record* api = context.store.Find(context.RegionScope(), kApi, api_id);
  if (api) return api;
  return NotFound(
      fmt::format("Invalid API identifier specified {}:{}", context.caller.account, api_id));
}

const Record* FindPart(Context& context, const Part& part, std::string_view api_id,
                       std::string_view id) {
  const Record* record =
      context.store.Find(context.RegionScope(), part.kind, RecordId(part, api_id, id));
  return record && record->parent == api_id ? record : nullptr;
}

Answer<const Record*> FindPart(Context& context, const Part& part, const json::Object& input) {
  TL_DO(FindApi(context, input.GetString("ApiId")));
  const Record* record =
      FindPart(context, part, input.GetString("ApiId"), input.GetString(part.id));
  if (record) return record;
  return NotFound(fmt::format("Invalid {} identifier specified", part.word));
}

json::Object AddPart(Context& context, const Part& part, std::string_view api_id, json::Object body,
                     std::string_view name) {
  if (part.length > 0) body.Set(part.id, execute_api::NewId(context.random, part.length));
  Record record{.id = RecordId(part, api_id, body.GetString(part.id)),
                .parent = std::string(api_id),
                .name = std::string(name),
                .body = body};
  context.store.Put(context.RegionScope(), part.kind, std::move(record));
  return body;
}

void SavePart(Context& context, const Part& part, const Record& record, json::Object body,
              std::string_view name) {
  Record changed{
      .id = record.id, .parent = record.parent, .name = std::string(name), .body = std::move(body)};
  context.store.Put(context.RegionScope(), part.kind, std::move(changed));
}

Answer<> GetPart(Context& context, const Part& part, const json::Object& input) {
  TL_TRY(const Record* record, FindPart(context, part, input));
  return Show(context, record->body);
}

Answer<> ListRecords(Context& context, Kind kind, std::string_view parent,
                     const json::Object& input,
                     json::Object (*show)(const Context& context, const json::Object& body)) {
  const std::string_view wanted = input.GetString("MaxResults");
  const std::int64_t limit = wanted.empty() ? kPage : ToInt(wanted).value_or(0);
  if (limit < 1) return BadRequest("Invalid value specified for maxResults");
  const auto page = context.store.ListPage(context.RegionScope(), kind, parent,
                                           static_cast<std::size_t>(std::min(limit, kPage)),
                                           input.GetString("NextToken"));
  if (!page) return BadRequest("Invalid nextToken specified");
  json::Array items;
  for (const Record* record : page->records) items.emplace_back(show(context, record->body));
  json::Object answer{{"Items", std::move(items)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListParts(Context& context, const Part& part, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  return ListRecords(context, part.kind, std::string(api->id), input, Show);
}

void DeleteParts(Context& context, const Part& part, std::string_view api_id) {
  std::vector<std::string> ids;
  for (const Record* one : context.store.List(context.RegionScope(), part.kind, api_id))
    ids.push_back(one->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), part.kind, id);
}

json::Object WithoutKeys(const json::Object& input, std::initializer_list<std::string_view> keys) {
  json::Object body;
  for (const json::Member& member : input) {
    if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
      body.Set(member.key, member.value);
  }
  return body;
}

void Merge(json::Object& body, const json::Object& changes,
           std::initializer_list<std::string_view> merged) {
  for (const json::Member& change : changes) {
    const bool map = std::find(merged.begin(), merged.end(), change.key) != merged.end();
    if (!map || !change.value.IsObject()) {
      body.Set(change.key, change.value);
      continue;
    }
    json::Object whole = body.GetObject(change.key);
    MergeMap(whole, change.value.AsObject());
    body.Set(change.key, std::move(whole));
  }
}

Answer<void> CheckLength(const json::Object& input, std::string_view member, std::size_t longest) {
  const json::Value* value = input.Find(member);
  if (!value || (!value->AsString().empty() && value->AsString().size() <= longest)) return {};
  return BadRequest(fmt::format("{} must be between 1 and {} characters long", member, longest));
}

}  // namespace trunkline::cloud::apigatewayv2
