#include "flow/stub.h"

#include <stdexcept>

#include <fmt/format.h>

#include "flow/catalogue.h"

namespace trunkline::flow {
namespace {

// Hold flows may neither hang up nor end, and the service plays something to whoever is on hold.
constexpr std::string_view kHold =
    R"({"Identifier":"Stub","Type":"MessageParticipantIteratively",)"
    R"("Parameters":{"Messages":[{"Text":"Please hold."}]},"Transitions":{}})";

std::string Action(std::string_view type) {
  return fmt::format(R"({{"Identifier":"Stub","Type":"{}","Parameters":{{}},"Transitions":{{}}}})",
                     type);
}

std::string ActionOf(FlowTypes type) {
  if ((type & kModuleType) != 0) return Action("EndFlowModuleExecution");
  if ((type & kHolds) != 0) return std::string(kHold);
  if ((type & (kContactFlow | kTransfers)) != 0) return Action("DisconnectParticipant");
  return Action("EndFlowExecution");
}

// The service wants it in every module and does not use it (flow modules' contract is an API
// field).
constexpr std::string_view kModuleSettings =
    R"(,"Settings":{"InputParameters":[],"OutputParameters":[],"Transitions":[)"
    R"({"DisplayName":"Success","ReferenceName":"Success","Description":""},)"
    R"({"DisplayName":"Error","ReferenceName":"Error","Description":""}]})";

}  // namespace

std::string MinimalContent(std::string_view type) {
  const FlowTypes bit = FlowTypeBit(type);
  if (bit == 0) throw std::invalid_argument(fmt::format("no flow type '{}'", type));
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"Stub","Metadata":{{}},"Actions":[{}]{}}})",
      ActionOf(bit), bit == kModuleType ? kModuleSettings : "");
}

}  // namespace trunkline::flow
