#include "cloud/access/context_keys.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/access/condition.h"

namespace trunkline::cloud::access {
namespace {

void Add(std::string_view key, std::vector<std::string>& keys) {
  const auto same = [&](const std::string& known) { return EqualsIgnoreCase(known, key); };
  if (std::ranges::none_of(keys, same)) keys.emplace_back(key);
}

// "${aws:username}" and "${aws:username, 'default'}", but not "${*}".
void AddVariables(std::string_view text, std::vector<std::string>& keys) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
    at += 2;
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) return;
    const std::string_view name = text.substr(at, end - at);
    if (name.find(':') != std::string_view::npos) Add(Trim(name.substr(0, name.find(','))), keys);
  }
}

}  // namespace

void CollectContextKeys(const Policy& policy, std::vector<std::string>& keys) {
  for (const Statement& statement : policy.statements) {
    for (const std::string& resource : statement.resources) {
      if (policy.variables) AddVariables(resource, keys);
    }
    for (const json::Member& test : statement.condition) {
      if (!test.value.IsObject()) continue;
      for (const json::Member& key : test.value.AsObject()) {
        Add(key.key, keys);
        for (const std::string& text : PolicyTexts(&key.value)) {
          if (policy.variables) AddVariables(text, keys);
        }
      }
    }
  }
}

}  // namespace trunkline::cloud::access
