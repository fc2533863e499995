#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

Outcome RunUntagContact(Turn& turn) {
  const json::Value* keys = turn.Find("TagKeys");
  if (keys == nullptr || !keys->IsArray() || keys->AsArray().empty())
    return Fail("no tag is named");
  for (const json::Value& key : keys->AsArray())
    turn.contact.tags.Remove(ScalarText(key).value_or(""));
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUntagContact{.run = RunUntagContact};

}  // namespace trunkline::sim
