#include "sim/stand_in.h"

#include <algorithm>

#include "base/text.h"
#include "flow/catalogue.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kCase[] = {"Case"};
constexpr std::string_view kCustomer[] = {"Customer"};
constexpr std::string_view kDataTables[] = {"DataTables"};
constexpr std::string_view kDataTableList[] = {"DataTableList"};
constexpr std::string_view kDelivery[] = {"DeliveryReceipts"};
constexpr std::string_view kEmail[] = {"Email"};
constexpr std::string_view kSegment[] = {"SegmentAttributes"};
constexpr std::string_view kSent[] = {"OutboundCommunication"};
constexpr std::string_view kViews[] = {"Views"};
constexpr std::string_view kWisdom[] = {"Wisdom"};

constexpr std::string_view kNoCases = "no cases are kept here";
constexpr std::string_view kNoProfiles = "no customer profiles are kept here";
constexpr std::string_view kNoTables = "no data tables are kept here";
constexpr std::string_view kNoVoiceId = "Voice ID ended in May 2026";

void SetService(Turn& turn, std::string_view root, json::Object value) {
  turn.scratch().services.Edit().Set(root, std::move(value));
}

// $.Case has the case's id, and the fields that were written.
void MakeCase(Turn& turn) {
  json::Object made = turn.Map("CaseRequestFields");
  made.Set("case_id", NewUuid(turn.contact.random));
  SetService(turn, "Case", std::move(made));
}

// $.Customer has the profile's id, and of the fields that were written those that the action wants
// to have back.
void MakeProfile(Turn& turn) {
  json::Object& customer = turn.scratch().customer;
  const std::string id = NewUuid(turn.contact.random);
  const World& world = turn.world();
  customer.Set("ProfileId", id);
  customer.Set("ProfileARN", fmt::format("arn:aws:profile:{}:{}:domains/stand-in/profiles/{}",
                                         world.region, world.account, id));
  const json::Object& written = turn.Map("ProfileRequestData");
  const json::Value* wanted = turn.Find("ProfileResponseData");
  if (wanted == nullptr || !wanted->IsArray()) return;
  for (const json::Value& name : wanted->AsArray()) {
    const json::Value* value = name.IsString() ? written.Find(name.AsString()) : nullptr;
    if (value != nullptr) customer.Set(name.AsString(), *value);
  }
}

void MakeSession(Turn& turn) {
  const World& world = turn.world();
  SetService(turn, "Wisdom",
             {{"SessionArn", fmt::format("arn:aws:wisdom:{}:{}:session/stand-in/{}", world.region,
                                         world.account, NewUuid(turn.contact.random))}});
}

void MakeMessage(Turn& turn) {
  SetService(turn, "OutboundCommunication",
             {{"Latest", json::Object{{"Id", NewUuid(turn.contact.random)}}}});
}

Milliseconds ViewLimit(const Turn& turn) {
  return std::chrono::seconds(turn.Number("InvocationTimeLimitSeconds").value_or(0));
}

// 3 to 15 minutes; the administrator guide's block begins with 3 (authenticate-customer).
Milliseconds SignInLimit(const Turn& turn) {
  return std::chrono::minutes(turn.Number("TimeLimitMinutes").value_or(3));
}

constexpr StandIn kStandIns[] = {
    {.type = "AssociateContactToCustomerProfile", .why = kNoProfiles},
    // $.SegmentAttributes['connect:CustomerAuthentication'] holds how it went (administrator guide,
    // connect-attrib-list).
    {.type = "AuthenticateParticipant",
     .error = "TimeLimitExceeded",
     .why = "nobody signs in here",
     .sets = kSegment,
     .limit = SignInLimit},
    // Answering machines are detected on calls of campaigns only (flow-language 3.4).
    {.type = "CheckOutboundCallStatus",
     .error = kNoMatchingError,
     .why = "only calls of campaigns are listened to",
     .decides = true},
    {.type = "CheckSegmentMembership",
     .result = "False",
     .why = "no customer is in a segment here",
     .decides = true},
    {.type = "CheckVoiceId", .error = kNoMatchingError, .why = kNoVoiceId, .decides = true},
    {.type = "CreateCase", .why = kNoCases, .sets = kCase, .makes = MakeCase},
    {.type = "CreateCustomerProfile", .why = kNoProfiles, .sets = kCustomer, .makes = MakeProfile},
    {.type = "CreatePersistentContactAssociation", .why = "no past chats are kept here"},
    {.type = "CreateWisdomSession",
     .why = "no assistant is here",
     .sets = kWisdom,
     .makes = MakeSession},
    {.type = "EvaluateDataTableValues",
     .error = kNoMatchingError,
     .why = kNoTables,
     .sets = kDataTables},
    {.type = "GetCalculatedAttributesForCustomerProfile",
     .error = "NoneFoundError",
     .why = kNoProfiles,
     .sets = kCustomer},
    {.type = "GetCase", .error = "NoneFound", .why = kNoCases, .sets = kCase},
    {.type = "GetCustomerProfile",
     .error = "NoneFoundError",
     .why = kNoProfiles,
     .sets = kCustomer},
    {.type = "GetCustomerProfileObject",
     .error = "NoneFoundError",
     .why = kNoProfiles,
     .sets = kCustomer},
    {.type = "GetOutboundCommunicationStatus",
     .why = "no message was sent: nothing is known of it",
     .sets = kDelivery},
    {.type = "ListDataTableValues",
     .error = kNoMatchingError,
     .why = kNoTables,
     .sets = kDataTableList},
    {.type = "LoadContactContent",
     .error = kNoMatchingError,
     .why = "no content is kept here",
     .sets = kEmail},
    {.type = "PutDialRequest", .why = "nobody is dialled", .sets = kSent, .makes = MakeMessage},
    {.type = "RenderMessageTemplate",
     .error = kNoMatchingError,
     .why = "no message templates are kept here"},
    {.type = "SendOutboundEmail", .why = "no e-mail is sent", .sets = kSent, .makes = MakeMessage},
    {.type = "SendSMS", .why = "no message is sent", .sets = kSent, .makes = MakeMessage},
    {.type = "ShowView",
     .error = "TimeLimitExceeded",
     .why = "nobody looks at views here",
     .sets = kViews,
     .decides = true,
     .limit = ViewLimit},
    {.type = "StartOutboundEmailContact", .why = "no e-mail is sent"},
    {.type = "StartVoiceIdStream", .error = kNoMatchingError, .why = kNoVoiceId},
    {.type = "UpdateCase", .why = kNoCases, .sets = kCase},
    {.type = "UpdateCustomerProfile", .why = kNoProfiles, .sets = kCustomer},
    {.type = "UpsertDataTableValues", .why = kNoTables},
};
static_assert(std::ranges::is_sorted(kStandIns, {}, &StandIn::type));

flow::Channels BitOf(Channel channel) {
  switch (channel) {
    case Channel::kVoice:
      return flow::kVoice;
    case Channel::kChat:
      return flow::kChat;
    case Channel::kTask:
      return flow::kTask;
  }
  return 0;
}

Outcome ByItself(Turn& turn, const StandIn& stand_in) {
  const std::string_view outcome = OutcomeOf(stand_in);
  turn.Emit(StoodIn{.type = stand_in.type, .outcome = std::string(outcome), .why = stand_in.why});
  if (!stand_in.error.empty())
    return Failed{std::string(stand_in.error), std::string(stand_in.why)};
  if (stand_in.makes != nullptr) stand_in.makes(turn);
  if (!stand_in.result.empty()) return Returned{std::string(stand_in.result)};
  return Succeeded{};
}

Outcome RunStandIn(Turn& turn) {
  const StandIn& stand_in = *FindStandIn(turn.action.type);
  const flow::ActionKind& kind = *flow::FindActionKind(stand_in.type);
  if ((kind.channels & BitOf(turn.contact.call.channel)) == 0)
    return Fail("it does not work on the channel {}", ToText(turn.contact.call.channel));
  const Milliseconds limit = stand_in.limit == nullptr ? Milliseconds{0} : stand_in.limit(turn);
  if (limit <= Milliseconds{0}) return ByItself(turn, stand_in);
  turn.WaitAtMost(limit, "nobody answers");
  return Waits{};
}

Outcome ResumeStandIn(Turn& turn, const Event&) {
  return ByItself(turn, *FindStandIn(turn.action.type));
}

// A profile grows with every action on it (the facts do not say more: flow-language 4.3); of the
// rest the last action's counts.
void SetAttributes(Turn& turn, const json::Object& attributes) {
  for (const json::Member& root : attributes) {
    const bool of_contact = root.key == "SegmentAttributes";
    if (root.key != "Customer" && !of_contact) {
      SetService(turn, root.key, root.value.AsObject());
      continue;
    }
    json::Object& into =
        of_contact ? turn.contact.more.Edit().segment_attributes : turn.scratch().customer;
    for (const json::Member& one : root.value.AsObject()) into.Set(one.key, one.value);
  }
}

}  // namespace

std::span<const StandIn> AllStandIns() {
  return kStandIns;
}

std::string_view OutcomeOf(const StandIn& stand_in) {
  if (!stand_in.error.empty()) return stand_in.error;
  return stand_in.result.empty() ? kSuccess : stand_in.result;
}

const StandIn* FindStandIn(std::string_view type) {
  const auto* found = std::ranges::lower_bound(kStandIns, type, {}, &StandIn::type);
  return found != std::end(kStandIns) && found->type == type ? found : nullptr;
}

Outcome RunAsTold(Turn& turn, const StandIn& stand_in, const GoOn& go_on) {
  const std::string& outcome = go_on.error.empty() ? go_on.result : go_on.error;
  turn.Emit(
      StoodIn{.type = stand_in.type, .outcome = outcome.empty() ? std::string(kSuccess) : outcome});
  if (!go_on.error.empty()) return Failed{go_on.error, "it was told to"};
  SetAttributes(turn, go_on.attributes);
  if (stand_in.type == "ShowView" && !go_on.result.empty()) {
    json::Object views = turn.scratch().services->GetObject("Views");
    views.Set("Action", go_on.result);
    SetService(turn, "Views", std::move(views));
  }
  if (!go_on.result.empty()) return Returned{go_on.result};
  return Succeeded{};
}

constinit const Runner kRunStandIn{.run = RunStandIn, .resume = ResumeStandIn};

}  // namespace trunkline::sim
