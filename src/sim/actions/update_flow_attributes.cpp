// Flow attributes live as long as this flow runs.
#include "base/json_write.h"
#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kLargest = 32U << 10U;

Outcome RunUpdateFlowAttributes(Turn& turn) {
  json::Object attributes = turn.scratch().flow_attributes;
  for (const auto& [key, entry, offset] : turn.Map("FlowAttributes")) {
    if (!entry.IsObject()) return Fail("flow attribute '{}' has no 'Value'", key);
    const json::Value* value = entry.AsObject().Find("Value");
    if (value == nullptr) return Fail("flow attribute '{}' has no 'Value'", key);
    attributes.Set(key, ScalarText(*value).value_or(""));
  }
  const std::size_t size = json::Write(attributes).size();
  if (size > kLargest)
    return Fail("the flow attributes would take {} bytes: at most 32768 fit", size);
  turn.scratch().flow_attributes = std::move(attributes);
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateFlowAttributes{.run = RunUpdateFlowAttributes};

}  // namespace trunkline::sim
