// Inputs of a mapped type's operations, and what is known of the resource they made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/mapping/mapping.h"
#include "cloud/services/cloudformation/mapping/wire_values.h"
#include "cloud/services/cloudformation/resource_type.h"

namespace trunkline::cloud::cloudformation {

std::vector<std::string_view> WordsOf(std::string_view text);

Vocabulary VocabularyOf(const Mapping& mapping);

// The model's row of an operation; null when the model has none.
const aws::OperationRow* RowOf(const WaitContext& context, const Mapping& mapping,
                               std::string_view operation);

// The keys of the resource, by the words of Mapping::keys (or ::id).
json::Object KeysOf(const Mapping& mapping, const ResourceOrder& order);

// An operation's input: the properties it knows (all, or the chosen ones), the keys, what is fixed
// for it, and its token. `unknown_ok`: properties it does not know are left to other operations.
struct InputParts {
  const json::Object* keys = nullptr;
  const json::Object* properties = nullptr;
  std::vector<std::string_view> chosen;  // empty: all
  bool unknown_ok = false;
};
Answer<json::Object> MakeInput(const WaitContext& context, const Mapping& mapping,
                               const ResourceOrder& order, std::string_view operation,
                               const InputParts& parts);

// Values that take properties away again, for those of `chosen` which the previous order had.
void AddFallbacks(const Mapping& mapping, const aws::Shape& shape, const ResourceOrder& order,
                  const std::vector<std::string_view>& chosen, json::Object& input);

// What an answer says of the resource: at Mapping::described, in a list the element of our keys.
std::optional<json::Object> PickDescribed(const Mapping& mapping, const json::Object& answer,
                                          const json::Object& keys);
// Adds what is not there yet.
void Overlay(json::Object& known, const json::Object& more);
// By the mapping's words; null when unknown.
const json::Value* FindKnown(const Mapping& mapping, const json::Object& known,
                             std::string_view word);
// The parts of Mapping::id, joined; empty when one is unknown.
std::string PhysicalIdOf(const Mapping& mapping, const json::Object& known);
MadeResource MadeOf(const Mapping& mapping, std::string physical_id, const json::Object& known);

// <stack>-<logical id>-<12 characters>, the same for the same order.
std::string GeneratedName(const ResourceOrder& order, const Naming& naming);
// A client token of an order: the same when it is repeated, another one for each operation.
std::string ClientToken(const WaitContext& context, const ResourceOrder& order,
                        std::string_view operation);

bool IsGone(std::string_view code);   // what is not there (any more)
bool IsTaken(std::string_view code);  // what is there already

}  // namespace trunkline::cloud::cloudformation
