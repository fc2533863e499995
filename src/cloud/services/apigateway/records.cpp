#include "cloud/services/apigateway/records.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/execute_api/address.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::int64_t kPage = 25;  // documented
constexpr std::int64_t kLargestPage = 500;

std::string RecordId(const Part& part, std::string_view owner, std::string_view name) {
  return part.composed ? fmt::format("{}/{}", owner, name) : std::string(name);
}

// A deployment's snapshot is for the clients of the API, not for its owner.
json::Object Show(Context& /*context*/, const json::Object& body, const json::Object& /*input*/) {
  return WithoutKeys(body, {"snapshot"});
}

Answer<void> CheckOwner(Context& context, const Part& part, const json::Object& input) {
  if (part.owner == "restApiId") TL_DO(FindApi(context, input));
  if (part.owner == "usagePlanId") TL_DO(FindPart(context, kUsagePlan, input));
  return {};
}

}  // namespace

ServiceError BadRequest(std::string_view text) {
  return {"BadRequestException", text};
}

ServiceError NotFound(std::string_view text) {
  return {"NotFoundException", text};
}

ServiceError Conflict(std::string_view text) {
  return {"ConflictException", text};
}

Answer<const Record*> FindApi(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("restApiId");
  const Record* api = context.store.Find(context.RegionScope(), kApi, id);
  if (api) return api;
  return NotFound(
      fmt::format("Invalid API identifier specified {}:{}", context.caller.account, id));
}

const Record* FindPart(Context& context, const Part& part, std::string_view owner,
                       std::string_view name) {
  const Record* record =
      context.store.Find(context.RegionScope(), part.kind, RecordId(part, owner, name));
  return record && record->parent == owner ? record : nullptr;
}

// The parts of an API that is not there are not there either (seen): nothing is said of the API.
Answer<const Record*> FindPart(Context& context, const Part& part, const json::Object& input) {
  if (part.owner != "restApiId") TL_DO(CheckOwner(context, part, input));
  const std::string_view name = input.GetString(part.key);
  const Record* record = FindPart(context, part, input.GetString(part.owner), name);
  if (record) return record;
  if (part.key == kModel.key)
    return NotFound(fmt::format("Invalid model name specified: {}", name));
  if (part.key == kUsagePlan.key) return NotFound("Invalid Usage Plan ID specified");
  return NotFound(fmt::format("Invalid {} identifier specified", part.word));
}

std::string NewPartId(Context& context) {
  constexpr std::size_t kLength = 6;
  return execute_api::NewId(context.random, kLength);
}

void SavePart(Context& context, const Part& part, std::string_view owner, json::Object body,
              std::string_view name) {
  std::string id = RecordId(part, owner, body.GetString(part.shown));
  Record record{.id = std::move(id),
                .parent = std::string(owner),
                .name = std::string(name),
                .body = std::move(body)};
  context.store.Put(context.RegionScope(), part.kind, std::move(record));
}

Answer<> GetPart(Context& context, const Part& part, const json::Object& input) {
  TL_TRY(const Record* record, FindPart(context, part, input));
  return Show(context, record->body, input);
}

Answer<> ListRecords(Context& context, Kind kind, std::string_view parent,
                     const json::Object& input, const Listing& listing) {
  const std::int64_t limit = input.GetInt("limit", kPage);
  if (limit < 1) return BadRequest("Invalid limit specified");
  RecordFilter filter;
  if (listing.keep) {
    filter.text = input.GetString("nameQuery");
    filter.text += '\n';
    filter.text += input.GetString("customerId");
    filter.keep = [&](const Record& record) { return listing.keep(record.body, input); };
  }
  const auto page = context.store.ListPage(context.RegionScope(), kind, parent,
                                           static_cast<std::size_t>(std::min(limit, kLargestPage)),
                                           input.GetString("position"), filter);
  if (!page) return BadRequest("Invalid position parameter specified");
  json::Array items;
  for (const Record* record : page->records)
    items.emplace_back(listing.show(context, record->body, input));
  json::Object answer{{"items", std::move(items)}};
  answer.SetIfNotEmpty("position", page->next);
  return answer;
}

Answer<> ListParts(Context& context, const Part& part, const json::Object& input) {
  TL_DO(CheckOwner(context, part, input));
  const Listing listing{.show = Show};
  return ListRecords(context, part.kind, input.GetString(part.owner), input, listing);
}

Answer<> DeletePart(Context& context, const Part& part, const json::Object& input) {
  TL_TRY(const Record* record, FindPart(context, part, input));
  context.store.Delete(context.RegionScope(), part.kind, std::string(record->id));
  return json::Object();
}

void DeleteParts(Context& context, const Part& part, std::string_view owner) {
  std::vector<std::string> ids;
  for (const Record* one : context.store.List(context.RegionScope(), part.kind, owner))
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

json::Object WithoutEmptyTags(json::Object body) {
  if (body.GetObject("tags").empty()) body.Remove("tags");
  return body;
}

json::Number Time(TimePoint time) {
  return {EpochSeconds(time)};
}

}  // namespace trunkline::cloud::apigateway
