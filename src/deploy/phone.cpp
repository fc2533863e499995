#include "deploy/phone.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "deploy/flow_kind.h"
#include "net/timers.h"

namespace trunkline::deploy {
namespace {

PhoneNumber ReadNumber(const json::Object& body) {
  return {.number = std::string(body.GetString("PhoneNumber")),
          .country = std::string(body.GetString("PhoneNumberCountryCode")),
          .type = std::string(body.GetString("PhoneNumberType")),
          .id = std::string(body.GetString("PhoneNumberId")),
          .arn = std::string(body.GetString("PhoneNumberArn")),
          .description = std::string(body.GetString("PhoneNumberDescription")),
          .flow = {}};
}

// Numbers' ARNs -> names of flows.
using FlowsByNumber = std::map<std::string, std::string, std::less<>>;

std::string NameOfFlow(const Live& live, std::string_view arn) {
  const auto flows = live.resources.find("flow");
  if (flows == live.resources.end()) return "";
  for (const auto& [name, flow] : flows->second) {
    if (flow.arn == arn || flow.id == arn) return name;
  }
  return std::string(arn);
}

net::aw<Result<FlowsByNumber>> ReadFlowsOfNumbers(Session& session) {
  TL_CO_DO(co_await ReadFlows(session, kFlows));
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"ResourceType", "VOICE_PHONE_NUMBER"}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListFlowAssociations", std::move(input)));
  FlowsByNumber flows;
  for (const json::Value& item : listed.GetArray("FlowAssociationSummaryList")) {
    const json::Object& body = item.AsObject();
    flows.emplace(body.GetString("ResourceId"), NameOfFlow(session.live, body.GetString("FlowId")));
  }
  co_return flows;
}

net::aw<Result<PhoneNumber>> FindNumber(Session& session, std::string number) {
  TL_CO_TRY(const std::vector<PhoneNumber> numbers, co_await ListNumbers(session));
  const auto found = std::ranges::find(numbers, number, &PhoneNumber::number);
  if (found != numbers.end()) co_return *found;
  std::vector<std::string> names;
  for (const PhoneNumber& one : numbers) names.push_back(one.number);
  co_return Error(
      ErrorKind::kNotFound, "instance '{}' has no phone number '{}'; {}",
      session.target.instance_name, number,
      names.empty() ? "it has none (trunkline phone claim)" : "it has " + Join(names, ", "));
}

// What a stack has made is changed there, or the stack would not know it any more.
net::aw<Result<void>> CheckOwner(Session& session, const PhoneNumber& number) {
  json::Object input{{"PhoneNumberId", number.id}};
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("connect", "DescribePhoneNumber", std::move(input)));
  const json::Object& tags = answer.GetObject("ClaimedPhoneNumberSummary").GetObject("Tags");
  if (!tags.Has(kStackTag)) co_return Result<void>();
  co_return Error(ErrorKind::kConflict,
                  "{} belongs to the CloudFormation stack '{}'; change it there", number.number,
                  tags.GetString(kStackTag));
}

// IN_PROGRESS takes seconds; a claim that fails says why.
net::aw<Result<PhoneNumber>> WaitUntilClaimed(Session& session, std::string id) {
  constexpr Milliseconds kLimit = std::chrono::minutes(2);
  Milliseconds pause{20};
  for (Milliseconds waited{0}; waited < kLimit; waited += pause) {
    json::Object input{{"PhoneNumberId", id}};
    TL_CO_TRY(const json::Object answer,
              co_await session.Call("connect", "DescribePhoneNumber", std::move(input)));
    const json::Object& number = answer.GetObject("ClaimedPhoneNumberSummary");
    const json::Object& status = number.GetObject("PhoneNumberStatus");
    if (status.GetString("Status") == "CLAIMED") co_return ReadNumber(number);
    if (status.GetString("Status") == "FAILED") {
      co_return Error(ErrorKind::kConflict, "Amazon Connect could not claim {}: {}",
                      number.GetString("PhoneNumber"),
                      status.GetString("Message", "it gave no reason"));
    }
    co_await session.world.timers.Wait(pause);
    pause = std::min(pause * 2, Milliseconds(2000));
  }
  co_return Error(ErrorKind::kUnreached,
                  "the number is not claimed after {}; look again with 'trunkline phone list'",
                  ToDurationText(kLimit));
}

std::vector<std::string> InboundFlows(const Live& live) {
  std::vector<std::string> names;
  const auto flows = live.resources.find("flow");
  if (flows == live.resources.end()) return names;
  for (const auto& [name, flow] : flows->second) {
    if (flow.body.GetString("Type") == "CONTACT_FLOW") names.push_back(name);
  }
  return names;
}

Result<std::string> FlowId(const Session& session, const std::string& name) {
  const LiveResource* flow = session.live.Find("flow", name);
  if (flow == nullptr) {
    const auto near = Nearest(name, InboundFlows(session.live));
    return Error(
        ErrorKind::kNotFound, "instance '{}' has no flow '{}'{}", session.target.instance_name,
        name,
        near ? fmt::format("; did you mean '{}'?", *near) : "; deliver it first (trunkline apply)");
  }
  const std::string_view type = flow->body.GetString("Type", "CONTACT_FLOW");
  if (type == "CONTACT_FLOW") return flow->id;
  return Error(ErrorKind::kInvalid,
               "flow '{}' has the type {}; a number runs a flow of the type CONTACT_FLOW", name,
               type);
}

}  // namespace

net::aw<Result<std::vector<PhoneNumber>>> SearchNumbers(Session& session, NumberWish wish) {
  json::Object input{{"TargetArn", session.live.instance()->arn},
                     {"PhoneNumberCountryCode", wish.country},
                     {"PhoneNumberType", wish.type},
                     {"MaxResults", std::clamp<std::int64_t>(wish.at_most, 1, 10)}};
  input.SetIfNotEmpty("PhoneNumberPrefix", wish.prefix);
  TL_CO_TRY(const json::Object found,
            co_await session.Call("connect", "SearchAvailablePhoneNumbers", std::move(input)));
  std::vector<PhoneNumber> numbers;
  for (const json::Value& item : found.GetArray("AvailableNumbersList"))
    numbers.push_back(ReadNumber(item.AsObject()));
  co_return numbers;
}

net::aw<Result<std::vector<PhoneNumber>>> ListNumbers(Session& session) {
  json::Object input{{"TargetArn", session.live.instance()->arn}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("connect", "ListPhoneNumbersV2", std::move(input)));
  std::vector<PhoneNumber> numbers;
  if (listed.GetArray("ListPhoneNumbersSummaryList").empty()) co_return numbers;
  TL_CO_TRY(const FlowsByNumber flows, co_await ReadFlowsOfNumbers(session));
  for (const json::Value& item : listed.GetArray("ListPhoneNumbersSummaryList")) {
    PhoneNumber number = ReadNumber(item.AsObject());
    const auto flow = flows.find(number.arn);
    if (flow != flows.end()) number.flow = flow->second;
    numbers.push_back(std::move(number));
  }
  co_return numbers;
}

net::aw<Result<PhoneNumber>> ClaimNumber(Session& session, std::string number,
                                         std::string description) {
  TL_CO_TRY(const std::vector<PhoneNumber> ours, co_await ListNumbers(session));
  const auto there = std::ranges::find(ours, number, &PhoneNumber::number);
  if (there != ours.end()) co_return *there;
  json::Object input{{"TargetArn", session.live.instance()->arn},
                     {"PhoneNumber", number},
                     {"Tags", TagsFor({}, "")}};
  input.SetIfNotEmpty("PhoneNumberDescription", description);
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "ClaimPhoneNumber", std::move(input)));
  std::string id(made.GetString("PhoneNumberId"));
  co_return co_await WaitUntilClaimed(session, std::move(id));
}

net::aw<Result<PhoneNumber>> AttachNumber(Session& session, std::string number, std::string flow) {
  TL_CO_TRY(PhoneNumber found, co_await FindNumber(session, std::move(number)));
  TL_CO_DO(co_await CheckOwner(session, found));
  TL_CO_DO(co_await ReadFlows(session, kFlows));
  TL_CO_TRY(const std::string flow_id, FlowId(session, flow));
  json::Object input{{"PhoneNumberId", found.id},
                     {"InstanceId", session.live.InstanceId()},
                     {"ContactFlowId", flow_id}};
  TL_CO_DO(co_await session.Call("connect", "AssociatePhoneNumberContactFlow", std::move(input)));
  found.flow = std::move(flow);
  co_return found;
}

net::aw<Result<PhoneNumber>> ReleaseNumber(Session& session, std::string number) {
  TL_CO_TRY(const PhoneNumber found, co_await FindNumber(session, std::move(number)));
  TL_CO_DO(co_await CheckOwner(session, found));
  json::Object input{{"PhoneNumberId", found.id}};
  TL_CO_DO(co_await session.Call("connect", "ReleasePhoneNumber", std::move(input)));
  co_return found;
}

net::aw<Result<bool>> IsManagedNumber(Session& session, std::string id) {
  json::Object input{{"PhoneNumberId", id}};
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("connect", "DescribePhoneNumber", std::move(input)));
  const json::Object& tags = answer.GetObject("ClaimedPhoneNumberSummary").GetObject("Tags");
  co_return tags.GetString(kManagedTag) == "true";
}

}  // namespace trunkline::deploy
