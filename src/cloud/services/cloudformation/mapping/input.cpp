#include "cloud/services/cloudformation/mapping/input.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/mapping/words.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool IsTags(std::string_view property, const Mapping& mapping) {
  return property == mapping.tags_property;
}

Answer<void> AddProperties(const aws::Shape& shape, const Mapping& mapping, const InputParts& parts,
                           json::Object& input) {
  const Vocabulary vocabulary = VocabularyOf(mapping);
  for (const json::Member& entry : *parts.properties) {
    const auto& chosen = parts.chosen;
    if (IsTags(entry.key, mapping)) continue;
    if (!chosen.empty() && std::find(chosen.begin(), chosen.end(), entry.key) == chosen.end())
      continue;
    const aws::MemberRow* member = FindMember(shape, entry.key, vocabulary);
    if (!member && parts.unknown_ok) continue;
    if (!member)
      return InvalidProperties("", fmt::format("extraneous key [{}] is not permitted", entry.key));
    TL_TRY(json::Value value, ToMember(*member, entry.value, vocabulary, "/" + entry.key));
    input.Set(member->name, std::move(value));
  }
  return {};
}

Answer<void> AddKeys(const aws::Shape& shape, const Mapping& mapping, const json::Object& keys,
                     json::Object& input) {
  const Vocabulary vocabulary = VocabularyOf(mapping);
  for (const json::Member& key : keys) {
    const aws::MemberRow* member = FindMember(shape, key.key, vocabulary);
    if (!member) continue;
    const bool list = member->shape->type == aws::Type::kList && !key.value.IsArray();
    const json::Value value = list ? json::Value(json::Array{key.value}) : key.value;
    TL_TRY(json::Value wire, ToMember(*member, value, vocabulary, "/" + key.key));
    input.Set(member->name, std::move(wire));
  }
  return {};
}

void AddFixed(const Mapping& mapping, std::string_view operation, json::Object& input) {
  for (const Fixed& fixed : mapping.fixed) {
    if (fixed.operation != operation) continue;
    const Result<json::Value> members = json::Parse(fixed.json);
    Overlay(input, members.value().AsObject());
  }
}

// Empty, where the model allows it; nothing for numbers and structures.
json::Value EmptyOf(const aws::Shape& shape) {
  const bool may_be_empty = shape.min.value_or(0) == 0 && shape.enumeration.empty();
  if (shape.type == aws::Type::kBoolean) return false;
  if (shape.type == aws::Type::kString && may_be_empty) return "";
  if (shape.type == aws::Type::kList && may_be_empty) return json::Array();
  if (shape.type == aws::Type::kMap) return json::Object();
  return {};
}

}  // namespace

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view word = NextWord(text); !word.empty(); word = NextWord(text))
    words.push_back(word);
  return words;
}

Vocabulary VocabularyOf(const Mapping& mapping) {
  return {.names = mapping.names, .ids_of_arns = mapping.ids_of_arns};
}

const aws::OperationRow* RowOf(const WaitContext& context, const Mapping& mapping,
                               std::string_view operation) {
  const aws::Model* model = context.engine().dispatch.models().Find(mapping.service);
  return model ? model->FindOperation(operation) : nullptr;
}

json::Object KeysOf(const Mapping& mapping, const ResourceOrder& order) {
  if (mapping.keys_of) return mapping.keys_of(mapping, order);
  const auto words = WordsOf(mapping.keys.empty() ? mapping.id : mapping.keys);
  json::Object keys;
  if (words.size() == 1) {
    keys.Set(words.front(), order.physical_id);
    return keys;
  }
  const auto parts = Split(order.physical_id, '|');
  for (std::size_t i = 0; i < words.size() && i < parts.size(); ++i) keys.Set(words[i], parts[i]);
  return keys;
}

Answer<json::Object> MakeInput(const WaitContext& context, const Mapping& mapping,
                               const ResourceOrder& order, std::string_view operation,
                               const InputParts& parts) {
  json::Object input;
  const aws::OperationRow* row = RowOf(context, mapping, operation);
  if (!row || !row->input) return input;  // the call itself says what is missing
  if (parts.properties) TL_DO(AddProperties(*row->input, mapping, parts, input));
  if (parts.keys) TL_DO(AddKeys(*row->input, mapping, *parts.keys, input));
  AddFixed(mapping, operation, input);
  for (const aws::MemberRow& member : row->input->members) {
    if (member.idempotency_token && !input.Has(member.name))
      input.Set(member.name, ClientToken(context, order, operation));
  }
  return input;
}

void AddFallbacks(const Mapping& mapping, const aws::Shape& shape, const ResourceOrder& order,
                  const std::vector<std::string_view>& chosen, json::Object& input) {
  for (const std::string_view property : chosen) {
    if (order.properties.Has(property) || !order.previous.Has(property)) continue;
    const aws::MemberRow* member = FindMember(shape, property, VocabularyOf(mapping));
    if (!member || input.Has(member->name)) continue;
    json::Value value = EmptyOf(*member->shape);
    for (const Fallback& fallback : mapping.fallbacks) {
      if (fallback.property == property) value = json::Parse(fallback.json).value();
    }
    if (!value.IsNull()) input.Set(member->name, std::move(value));
  }
}

std::optional<json::Object> PickDescribed(const Mapping& mapping, const json::Object& answer,
                                          const json::Object& keys) {
  if (mapping.described.empty()) return answer;
  const json::Value* found = FindPath(answer, mapping.described);
  if (!found) return std::nullopt;
  if (found->IsObject()) return found->AsObject();
  if (!found->IsArray() || keys.empty()) return std::nullopt;
  const json::Value& key = keys.begin()->value;
  for (const json::Value& item : found->AsArray()) {
    if (!item.IsObject()) continue;
    for (const json::Member& member : item.AsObject()) {
      if (member.value == key) return item.AsObject();
    }
  }
  return std::nullopt;
}

void Overlay(json::Object& known, const json::Object& more) {
  for (const json::Member& entry : more) {
    if (!FindIgnoringCase(known, entry.key)) known.Set(entry.key, entry.value);
  }
}

const json::Value* FindKnown(const Mapping& mapping, const json::Object& known,
                             std::string_view word) {
  for (const Name& value : mapping.values) {
    if (value.property != word) continue;
    if (const json::Value* found = FindPath(known, value.member)) return found;
  }
  return FindPath(known, word);
}

std::string PhysicalIdOf(const Mapping& mapping, const json::Object& known) {
  std::vector<std::string> parts;
  for (const std::string_view word : WordsOf(mapping.id)) {
    const json::Value* value = FindKnown(mapping, known, word);
    if (!value || !(value->IsString() || value->IsNumber())) return {};
    parts.push_back(value->IsString() ? value->AsString() : value->AsNumber().text);
  }
  return Join(parts, "|");
}

MadeResource MadeOf(const Mapping& mapping, std::string physical_id, const json::Object& known) {
  MadeResource made{.physical_id = std::move(physical_id), .reference = {}, .attributes = {}};
  for (const std::string_view attribute : mapping.attributes) {
    if (const json::Value* value = FindKnown(mapping, known, attribute))
      made.attributes.Set(attribute, *value);
  }
  if (mapping.reference.empty()) return made;
  const json::Value* reference = FindKnown(mapping, known, mapping.reference);
  if (reference && reference->IsString()) made.reference = reference->AsString();
  return made;
}

}  // namespace trunkline::cloud::cloudformation
