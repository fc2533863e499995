#include "sim/runaway.h"

#include <algorithm>

#include <fmt/format.h>

namespace trunkline::sim {
namespace {

constexpr std::size_t kLongestCycle = 100;  // actions; a longer one is not spelled out
constexpr int kRemembered = 2 * kLongestCycle;

// The shortest period the end of the trail repeats with; 0 when there is none.
std::size_t Period(const std::vector<std::string_view>& trail) {
  for (std::size_t period = 1; period <= kLongestCycle && 2 * period <= trail.size(); ++period) {
    const auto last = trail.end() - static_cast<std::ptrdiff_t>(period);
    if (std::equal(last, trail.end(), last - static_cast<std::ptrdiff_t>(period))) return period;
  }
  return 0;
}

std::string Describe(const ContactState& contact) {
  const std::string& flow = contact.runs.back().frames.back().resource->name;
  const std::size_t period = Period(contact.trail);
  if (period == 0) {
    return fmt::format("flow '{}' ran {} actions without waiting for anybody", flow, kMaxActions);
  }
  std::string cycle;
  for (auto at = contact.trail.end() - static_cast<std::ptrdiff_t>(period);
       at != contact.trail.end(); ++at) {
    cycle += fmt::format("'{}' -> ", *at);
  }
  cycle += fmt::format("'{}'", *(contact.trail.end() - static_cast<std::ptrdiff_t>(period)));
  return fmt::format("endless loop in flow '{}': {} ran {} actions without waiting for anybody",
                     flow, cycle, kMaxActions);
}

}  // namespace

std::optional<std::string> CountAction(ContactState& contact) {
  if (contact.actions_without_wait >= kMaxActions) return Describe(contact);
  ++contact.actions_without_wait;
  if (contact.actions_without_wait > kMaxActions - kRemembered)
    contact.trail.push_back(contact.runs.back().frames.back().action);
  return std::nullopt;
}

void ForgetTrail(ContactState& contact) {
  contact.actions_without_wait = 0;
  contact.trail.clear();
}

}  // namespace trunkline::sim
