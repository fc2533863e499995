// Intents, slot types and slots are kept alike: a named part below a locale or an intent, with an
// id of ten characters. What differs is the names of things, in a row.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud::lexv2_models {

struct PartKind {
  Kind kind;
  std::string_view id;                        // "intentId"
  std::string_view name;                      // "intentName"
  std::span<const std::string_view> members;  // what callers set beside the name
  bool in_intent = false;                     // a slot: its parent is an intent
};

Answer<> CreatePart(Context& context, const PartKind& part, const json::Object& input);
Answer<> DescribePart(Context& context, const PartKind& part, const json::Object& input);
Answer<> UpdatePart(Context& context, const PartKind& part, const json::Object& input);
Answer<> DeletePart(Context& context, const PartKind& part, const json::Object& input);
// The id of what contains the part, when all of it exists. With `draft` only DRAFT will do.
Answer<std::string> ParentKey(Context& context, const PartKind& part, const json::Object& input,
                              bool draft);

}  // namespace trunkline::cloud::lexv2_models
