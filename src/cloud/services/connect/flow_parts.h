// Flows: what their operations and others share.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// The flows every instance comes with: id the flow's, parent the instance's, name the flow's type.
// They cannot be deleted; a contact runs them where nothing else is set.
inline constexpr Kind kDefaultFlow{"connect", "default-flow"};

// The flow named by input's InstanceId and ContactFlowId; a qualifier behind the id (":$SAVED") is
// given back.
struct FlowRequest {
  const Record* flow = nullptr;
  std::string qualifier;
};
Answer<FlowRequest> FindFlow(Context& context, const json::Object& input);

// Makes `content` the published one; the draft is gone with it.
void PublishFlow(Context& context, Record& flow, std::string_view content);
void SaveFlowDraft(Context& context, const Record& flow, std::string_view content);

}  // namespace trunkline::cloud::connect
