// Set contact attributes, all of them or none.
#include "base/json_size.h"
#include "sim/actions/list.h"
#include "sim/lookup.h"
#include "sim/related.h"

namespace trunkline::sim {
namespace {

// Attributes of a contact chain hold 32 KB in all (flow-language 1.2).
constexpr std::size_t kLargest = 32U << 10U;

// As JSON writes them.
std::size_t SizeWith(const json::Object& attributes, const json::Object& wanted) {
  std::size_t size = 1;
  const auto add = [&size](std::string_view key, const json::Value& value) {
    const std::size_t text = value.IsString() ? json::QuotedSize(value.AsString())
                                              : json::QuotedSize(ScalarText(value).value_or(""));
    size += json::QuotedSize(key) + 1 + text + 1;
  };
  for (const auto& [key, value, offset] : attributes)
    if (!wanted.Has(key)) add(key, value);
  for (const auto& [key, value, offset] : wanted) add(key, value);
  return size;
}

Outcome RunUpdateContactAttributes(Turn& turn) {
  if (turn.View("TargetContact") == "Related") return UpdateRelated(turn);
  const json::Object& wanted = turn.Map("Attributes");
  for (const auto& [key, value, offset] : wanted) {
    if (key.empty() || key.find_first_of("$.") != std::string::npos) {
      return Fail("attribute name '{}' is empty or holds '$' or '.'", key);
    }
  }
  const std::size_t size = SizeWith(turn.contact.attributes, wanted);
  if (size > kLargest) return Fail("the attributes would take {} bytes: at most 32768 fit", size);
  for (const auto& [key, value, offset] : wanted) {
    // A reference without a value clears the attribute: nothing is known to the contrary.
    auto text = ScalarText(value);
    turn.contact.attributes.Set(key, text ? std::move(*text) : std::string());
  }
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactAttributes{.run = RunUpdateContactAttributes};

}  // namespace trunkline::sim
