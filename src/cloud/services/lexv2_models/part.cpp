#include "cloud/services/lexv2_models/part.h"

namespace trunkline::cloud::lexv2_models {
namespace {

void SetMembers(const PartKind& part, const json::Object& input, json::Object& body) {
  for (const std::string_view member : part.members) {
    body.Remove(member);
    const json::Value* value = input.Find(member);
    if (value != nullptr) body.Set(member, *value);
  }
  body.Set(part.name, input.GetString(part.name));
}

std::string PartKey(const PartKind& part, const std::string& parent, const json::Object& input) {
  return parent + "/" + std::string(input.GetString(part.id));
}

}  // namespace

Answer<std::string> ParentKey(Context& context, const PartKind& part, const json::Object& input,
                              bool draft) {
  TL_TRY(const Record* locale, GetLocale(context, input, draft));
  if (!part.in_intent) return locale->id;
  const std::string intent = locale->id + "/" + std::string(input.GetString("intentId"));
  TL_DO(Get(context, kIntent, intent));
  return intent;
}

Answer<> CreatePart(Context& context, const PartKind& part, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, part, input, true));
  TL_DO(CheckNameFree(context, part.kind, parent, input.GetString(part.name), {}));
  const std::string id = NewId(context);
  json::Object body{{std::string(part.id), id}, {"creationDateTime", Now(context)}};
  CopyMembers(input, {"botId", "botVersion", "localeId"}, body);
  if (part.in_intent) CopyMembers(input, {"intentId"}, body);
  SetMembers(part, input, body);
  const std::string name(input.GetString(part.name));
  context.store.Put(context.RegionScope(), part.kind,
                    {.id = parent + "/" + id, .parent = parent, .name = name, .body = body});
  MarkNotBuilt(context, LocaleKey(input));
  return body;
}

Answer<> DescribePart(Context& context, const PartKind& part, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, part, input, false));
  TL_TRY(const Record* record, Get(context, part.kind, PartKey(part, parent, input)));
  return record->body;
}

Answer<> UpdatePart(Context& context, const PartKind& part, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, part, input, true));
  TL_TRY(const Record* found, Get(context, part.kind, PartKey(part, parent, input)));
  TL_DO(CheckNameFree(context, part.kind, parent, input.GetString(part.name), found->id));
  Record record = *found;
  SetMembers(part, input, record.body);
  record.name = input.GetString(part.name);
  record.body.Set("lastUpdatedDateTime", Now(context));
  json::Object answer = record.body;
  context.store.Put(context.RegionScope(), part.kind, std::move(record));
  MarkNotBuilt(context, LocaleKey(input));
  return answer;
}

Answer<> DeletePart(Context& context, const PartKind& part, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, part, input, true));
  TL_TRY(const Record* record, Get(context, part.kind, PartKey(part, parent, input)));
  const std::string key = record->id;
  std::vector<std::string> slots;
  for (const Record* slot : context.store.List(context.RegionScope(), kSlot, key))
    slots.push_back(slot->id);
  for (const std::string& slot : slots) context.store.Delete(context.RegionScope(), kSlot, slot);
  context.store.Delete(context.RegionScope(), part.kind, key);
  MarkNotBuilt(context, LocaleKey(input));
  return json::Object();
}

}  // namespace trunkline::cloud::lexv2_models
