#include "tests/stacks/acme.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "base/finding_text.h"
#include "base/json_write.h"
#include "center/load.h"
#include "tests/support/shared_data.h"

namespace trunkline::stacks {
namespace {

[[noreturn]] void Die(const std::string& why) {
  std::fputs((why + "\n").c_str(), stderr);
  std::abort();
}

void Collect(const std::string& where, const json::Value& value, bool of_resource,
             std::vector<FoundStatement>& found) {
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) Collect(where, item, of_resource, found);
  }
  if (!value.IsObject()) return;
  if (value.AsObject().Has("Effect"))
    found.push_back({.where = where, .statement = value.AsObject(), .of_resource = of_resource});
  for (const json::Member& member : value.AsObject()) {
    const bool own = of_resource || member.key == "KeyPolicy";
    Collect(where + "." + member.key, member.value, own, found);
  }
}

}  // namespace

center::Center Acme() {
  const DiskFiles files;
  center::Loaded loaded = center::LoadCenter(files, tests::SourceFolder() + "/templates/acme");
  if (!loaded.center) Die(ToText(loaded.findings, false));
  return std::move(*loaded.center);
}

const center::Environment& EnvironmentOf(const center::Center& center, std::string_view name) {
  const center::Environment* found = center.FindEnvironment(name);
  if (found == nullptr) Die(fmt::format("there is no environment '{}'", name));
  return *found;
}

const json::Object& PropertiesOf(const json::Value& document, std::string_view logical_id) {
  const json::Value* found = document.AsObject().GetObject("Resources").Find(logical_id);
  if (found == nullptr) Die(fmt::format("there is no resource '{}'", logical_id));
  return found->AsObject().GetObject("Properties");
}

std::string PolicyOf(const json::Value& document, std::string_view role) {
  const json::Array& policies = PropertiesOf(document, role).GetArray("Policies");
  return json::Write(policies.front().AsObject().At("PolicyDocument"));
}

std::vector<std::string> NamesOf(const json::Array& objects) {
  std::vector<std::string> names;
  for (const json::Value& object : objects) names.emplace_back(object.AsObject().GetString("Name"));
  return names;
}

std::vector<FoundStatement> StatementsOf(const json::Value& document) {
  std::vector<FoundStatement> found;
  for (const json::Member& resource : document.AsObject().GetObject("Resources"))
    Collect(resource.key, resource.value, false, found);
  return found;
}

}  // namespace trunkline::stacks
