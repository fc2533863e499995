#include "flow/roots.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::flow {
namespace {

constexpr ReferenceRoot kRoots[] = {
    {"AdditionalEmailRecipients", true},
    {"Agent", true},
    {"AgenticCX", true},
    {"Attributes", true},
    {"AwsRegion", false},
    {"CallbackNumber", false},  // not documented; in real flows
    {"Capabilities", true},
    {"Case", true},
    {"Channel", false},
    {"ContactId", false},
    {"Customer", true},
    {"CustomerEndpoint", true},
    {"CustomerId", false},
    {"DataTableList", true},
    {"DataTables", true},
    {"DeliveryReceipts", true},
    {"Description", false},
    {"Email", true},
    {"External", true},
    {"ExternalTool", true},
    {"FlowAttributes", true},
    {"InitialContactId", false},
    {"InitiationMethod", false},
    {"InstanceARN", false},
    {"LambdaInvocation", true},
    {"LanguageCode", false},
    {"Lex", true},
    {"Loop", true},
    {"Media", true},
    {"MediaStreams", true},
    {"Metrics", true},
    {"Modules", true},
    {"Name", false},
    {"OutboundCommunication", true},
    {"PreviousContactId", false},
    {"Queue", true},
    {"References", true},
    {"SegmentAttributes", true},
    {"StoredCustomerInput", false},
    {"SystemEndpoint", true},
    {"Tags", false},
    {"Task", true},
    {"TextToSpeechVoiceId", false},
    {"Views", true},
    {"Wisdom", true},
};

}  // namespace

std::span<const ReferenceRoot> AllReferenceRoots() {
  return kRoots;
}

std::optional<ReferenceProblem> JudgeReference(const Path& path) {
  if (path.steps.empty() || !path.steps.front().dynamic.empty()) return std::nullopt;
  const auto* const root = std::ranges::find(kRoots, path.Root(), &ReferenceRoot::name);
  if (root == std::end(kRoots)) {
    std::vector<std::string> names;
    for (const ReferenceRoot& known : kRoots) names.emplace_back(known.name);
    const std::optional<std::string> nearest = Nearest(path.Root(), names);
    return ReferenceProblem{
        .message = fmt::format("reference '{}' starts with '{}', which no contact has",
                               ToText(path), path.Root()),
        .hint = nearest ? fmt::format("did you mean '$.{}'?", *nearest) : std::string()};
  }
  if (root->needs_leaf && path.steps.size() < 2) {
    return ReferenceProblem{
        .message = fmt::format("reference '{}' names a group of values, not one", ToText(path)),
        .hint = fmt::format("add the name of the value: '$.{}.<name>'", root->name)};
  }
  return std::nullopt;
}

}  // namespace trunkline::flow
