// Slots: addresses of this cloud to which a function or a machine sends one answer without
// credentials, like the presigned S3 URLs of custom resources and wait conditions.
//
// http://127.0.0.1:<port>/_trunkline/cloudformation/<token>; the token cannot be guessed and stands
// in no listing. A slot takes what is PUT to it as long as it exists: an answer of a custom
// resource once, signals of a wait condition many times.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudformation {

inline constexpr Kind kSlot{"cloudformation", "slot"};

struct Slot {
  std::string token;
  std::string url;
};

// `name` finds it again; `signals`: what comes are signals for a wait condition. A slot of that
// name that exists already is given again, and `fresh` is false.
Slot OpenSlot(Context& context, std::string_view name, bool signals, bool& fresh);
// What was sent to it; nothing yet.
std::optional<std::string> SlotAnswer(Context& context, std::string_view token);
void CloseSlot(Context& context, std::string_view token);
// The token within a slot's address; empty for another address.
std::string TokenOfUrl(std::string_view url);

}  // namespace trunkline::cloud::cloudformation
