#include "cloud/services/stepfunctions/machine_cache.h"

#include <utility>

#include "cloud/services/stepfunctions/records.h"

namespace trunkline::cloud::stepfunctions {
namespace {

std::string_view DefinitionOf(Context& context, std::string_view revision_id) {
  const Record* revision = context.store.Find(context.RegionScope(), kRevision, revision_id);
  return revision ? revision->body.GetString("definition") : std::string_view();
}

}  // namespace

std::shared_ptr<const Machine> ReadMachine(Context& context, std::string_view revision_id) {
  auto machine = Machine::Read(DefinitionOf(context, revision_id));
  return machine ? std::move(*machine) : nullptr;
}

std::shared_ptr<const Machine> MachineCache::Find(Context& context, std::string_view revision_id) {
  const auto found = machines_.find(revision_id);
  if (found != machines_.end()) return found->second;
  std::shared_ptr<const Machine> machine = ReadMachine(context, revision_id);
  if (!machine) return nullptr;
  bytes_ += DefinitionOf(context, revision_id).size();
  if (bytes_ > kMostBytes) {
    machines_.clear();
    bytes_ = DefinitionOf(context, revision_id).size();
  }
  machines_.emplace(revision_id, machine);
  return machine;
}

}  // namespace trunkline::cloud::stepfunctions
