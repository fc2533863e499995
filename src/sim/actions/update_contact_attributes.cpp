// Set contact attributes, all of them or none.
#include "base/json_write.h"
#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

// Attributes of a contact chain hold 32 KB in all (flow-language 1.2).
constexpr std::size_t kLargest = 32U << 10U;

Outcome RunUpdateContactAttributes(Turn& turn) {
  if (const auto target = turn.Text("TargetContact"); target && *target == "Related") {
    return Fail("attributes of the related contact are not simulated");
  }
  json::Object attributes = turn.contact.attributes;
  for (const auto& [key, value, offset] : turn.Map("Attributes")) {
    if (key.empty() || key.find_first_of("$.") != std::string::npos) {
      return Fail("attribute name '{}' is empty or holds '$' or '.'", key);
    }
    // A reference without a value clears the attribute: nothing is known to the contrary.
    const auto text = ScalarText(value);
    attributes.Set(key, text ? *text : std::string());
  }
  const std::size_t size = json::Write(attributes).size();
  if (size > kLargest) return Fail("the attributes would take {} bytes: at most 32768 fit", size);
  turn.contact.attributes = std::move(attributes);
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactAttributes{.run = RunUpdateContactAttributes};

}  // namespace trunkline::sim
