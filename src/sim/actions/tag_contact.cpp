#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kMostTags = 6;

Outcome RunTagContact(Turn& turn) {
  json::Object tags = turn.contact.tags;
  for (const auto& [key, value, offset] : turn.Map("Tags")) {
    if (key.starts_with("aws:")) return Fail("tag '{}' begins with 'aws:', which is reserved", key);
    tags.Set(key, ScalarText(value).value_or(""));
  }
  if (tags.size() > kMostTags) return Fail("a contact has at most 6 tags");
  turn.contact.tags = std::move(tags);
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunTagContact{.run = RunTagContact};

}  // namespace trunkline::sim
