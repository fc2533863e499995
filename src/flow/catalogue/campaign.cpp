// Actions of outbound campaigns (journeys). Only one published sample shows them; their parameters
// are not known.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

constexpr FlowTypes kElsewhere = kEveryFlow & ~kCampaign & ~kModuleType;

constexpr ActionKind Journey(std::string_view name, std::string_view summary,
                             std::string_view block) {
  return {.name = name,
          .summary = summary,
          .block = block,
          .category = Category::kInteraction,
          .errors = kOptionalNoMatchingError,
          .flow_types = kCampaign,
          .refused_flow_types = kElsewhere,
          .open = true};
}

constexpr std::string_view kTrueOrFalse[] = {"True", "False"};
constexpr ResultRule kMembership[] = {{.operators = kEquals, .words = kTrueOrFalse}};

constexpr ActionKind CheckSegment() {
  ActionKind kind =
      Journey("CheckSegmentMembership", "Branches by whether the customer is in a segment.",
              "Check segment membership");
  kind.category = Category::kFlowControl;
  kind.results = kMembership;
  return kind;
}

constexpr ActionKind kKinds[] = {
    CheckSegment(),
    Journey("GetOutboundCommunicationStatus",
            "Reads what became of a message that a campaign sent.", "Get communication status"),
    Journey("PutDialRequest", "Lets a campaign dial the customer.", "Call"),
    Journey("SendOutboundEmail", "Sends a campaign's e-mail.", "Send e-mail"),
    Journey("SendSMS", "Sends a campaign's text message.", "Send SMS"),
};

}  // namespace

constinit const std::span<const ActionKind> kCampaignKinds = kKinds;

}  // namespace trunkline::flow
