// MachineCache: definitions that were read before, by revision, whose definition never changes.
// Each step of an execution needs its machine; reading a large definition takes longer than most
// steps.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/stepfunctions/machine.h"

namespace trunkline::cloud::stepfunctions {

// The machine of a revision (a {"states","revision"} record), read anew; null: there is none.
std::shared_ptr<const Machine> ReadMachine(Context& context, std::string_view revision_id);

class MachineCache {
 public:
  std::shared_ptr<const Machine> Find(Context& context, std::string_view revision_id);

 private:
  // Of definitions' texts; then all are forgotten. A machine takes about ten times its text.
  static constexpr std::size_t kMostBytes = 4UL << 20U;

  std::map<std::string, std::shared_ptr<const Machine>, std::less<>> machines_;
  std::size_t bytes_ = 0;
};

}  // namespace trunkline::cloud::stepfunctions
