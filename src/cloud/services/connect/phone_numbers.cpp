#include "cloud/services/connect/phone_numbers.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/jobs.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/number_plan.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud {

namespace connect {
namespace {

constexpr Milliseconds kClaimTime = std::chrono::seconds(5);
constexpr std::size_t kNumbersPerInstance = 5;  // AWS admin guide, 2026

void SetStatus(json::Object& number, std::string_view status) {
  json::Object body;
  body.Set("Status", status);
  number.Set("PhoneNumberStatus", std::move(body));
}

Answer<void> FinishClaim(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kPhoneNumber, payload.GetString("PhoneNumberId"));
  if (found == nullptr) return {};  // released meanwhile
  Record number = *found;
  SetStatus(number.body, "CLAIMED");
  context.store.Put(context.RegionScope(), kPhoneNumber, std::move(number));
  return {};
}

}  // namespace
}  // namespace connect

extern constinit const JobKind kClaimPhoneNumberJob{.name = "connect.claim-phone-number",
                                                    .run = connect::FinishClaim};

namespace connect {
namespace {

void ScheduleClaim(Context& context, std::string_view number_id) {
  json::Object payload;
  payload.Set("PhoneNumberId", number_id);
  context.jobs.Schedule(context, kClaimPhoneNumberJob, std::move(payload), kClaimTime);
}

Answer<void> CheckClaim(Context& context, const Record& instance, std::string_view number) {
  if (!KindOfNumber(number)) {
    return InvalidParameter(fmt::format("'{}' is no phone number of any country", number));
  }
  if (context.store.Find(Context::GlobalScope(), kClaimedNumber, number) != nullptr) {
    return InvalidParameter(
        fmt::format("phone number '{}' is not available: it is claimed already", number));
  }
  const auto claimed = context.store.List(context.RegionScope(), kPhoneNumber, instance.id);
  if (claimed.size() < kNumbersPerInstance) return {};
  return InvalidParameter(fmt::format("instance '{}' already has {} phone numbers: the quota",
                                      NameOf(instance), kNumbersPerInstance));
}

Record NewNumber(Context& context, const json::Object& input) {
  const std::string_view text = input.GetString("PhoneNumber");
  const NumberKind kind = *KindOfNumber(text);
  Record number{.id = NewUuid(context.random), .name = std::string(text)};
  number.body.Set("PhoneNumberId", number.id);
  number.body.Set("PhoneNumberArn", PhoneNumberArn(context, number.id));
  number.body.Set("PhoneNumber", text);
  number.body.Set("PhoneNumberCountryCode", kind.country);
  number.body.Set("PhoneNumberType", kind.type);
  CopyMembers(input, {"PhoneNumberDescription"}, number.body);
  number.body.Set("Tags", input.GetObject("Tags"));
  SetStatus(number.body, "IN_PROGRESS");
  return number;
}

json::Object NameOfNumber(const Record& number) {
  json::Object output;
  CopyMembers(number.body, {"PhoneNumberId", "PhoneNumberArn"}, output);
  return output;
}

Answer<> ClaimPhoneNumber(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "ClaimPhoneNumber", input, "IdempotencyException"));
  if (before) return *before;
  TL_TRY(const NumberTarget target, FindNumberTarget(context, input));
  const std::string_view text = input.GetString("PhoneNumber");
  TL_DO(CheckClaim(context, *target.instance, text));
  Record number = NewNumber(context, input);
  SetNumberTarget(target, number);

  Record claimed{.id = std::string(text)};
  claimed.body.Set("Account", context.caller.account);
  claimed.body.Set("Region", context.region);
  claimed.body.Set("PhoneNumberId", number.id);
  context.store.Put(Context::GlobalScope(), kClaimedNumber, std::move(claimed));
  json::Object output = NameOfNumber(number);
  ScheduleClaim(context, number.id);
  context.store.Put(context.RegionScope(), kPhoneNumber, std::move(number));
  RememberAnswer(context, "ClaimPhoneNumber", input, output);
  return output;
}

Answer<> DescribePhoneNumber(Context& context, const json::Object& input) {
  TL_TRY(const Record* number, FindPhoneNumber(context, input.GetString("PhoneNumberId")));
  json::Object output;
  output.Set("ClaimedPhoneNumberSummary", number->body);
  return output;
}

bool Wants(const json::Object& input, std::string_view list, const Record& number,
           std::string_view member) {
  const json::Array& wanted = input.GetArray(list);
  const json::Value value(number.body.GetString(member));
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

// What both listings filter by, as a text for their tokens too.
std::vector<const Record*> Wanted(Context& context, const json::Object& input,
                                  std::string_view instance_id, std::string& listing) {
  listing += fmt::format(" {} {}", instance_id, input.GetString("PhoneNumberPrefix"));
  for (const std::string_view list : {"PhoneNumberTypes", "PhoneNumberCountryCodes"}) {
    for (const json::Value& value : input.GetArray(list)) listing += " " + value.AsString();
  }
  std::vector<const Record*> numbers;
  for (const Record* number :
       context.store.List(context.RegionScope(), kPhoneNumber, instance_id)) {
    if (Wants(input, "PhoneNumberTypes", *number, "PhoneNumberType") &&
        Wants(input, "PhoneNumberCountryCodes", *number, "PhoneNumberCountryCode") &&
        number->name.starts_with(input.GetString("PhoneNumberPrefix"))) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

// The ARN of this older listing leads through the instance and cannot be tagged (the model's text).
json::Value OldSummary(Context& context, const Record& number) {
  json::Object summary;
  summary.Set("Id", number.id);
  summary.Set("Arn", ResourceArn(context, number.parent, "phone-number", number.id));
  CopyMembers(number.body, {"PhoneNumber", "PhoneNumberType", "PhoneNumberCountryCode"}, summary);
  return summary;
}

Answer<> ListPhoneNumbers(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  std::string listing = "ListPhoneNumbers";
  const auto numbers = Wanted(context, input, instance->id, listing);
  return PageOf(context, input, "PhoneNumberSummaryList", numbers, OldSummary,
                {.listing = listing});
}

json::Value Body(Context&, const Record& number) {
  return number.body;
}

Answer<> ListPhoneNumbersV2(Context& context, const json::Object& input) {
  std::string instance_id;  // none: all of the account's in this Region
  std::string target_arn;
  if (input.Has("InstanceId") || input.Has("TargetArn")) {
    TL_TRY(const NumberTarget target, FindNumberTarget(context, input));
    instance_id = target.instance->id;
    target_arn = target.arn;
  }
  std::string listing = "ListPhoneNumbersV2 " + target_arn;
  auto numbers = Wanted(context, input, instance_id, listing);
  std::erase_if(numbers, [&](const Record* number) {
    return !target_arn.empty() && number->body.GetString("TargetArn") != target_arn;
  });
  return PageOf(context, input, "ListPhoneNumbersSummaryList", numbers, Body,
                {.listing = listing, .error = "InvalidParameterException"});
}

// A queue that calls out with the number.
std::string UserOfNumber(Context& context, const Record& number) {
  for (const Record* queue :
       context.store.List(context.RegionScope(), kQueue.kind, number.parent)) {
    const json::Object& caller = queue->body.GetObject("OutboundCallerConfig");
    if (caller.GetString("OutboundCallerIdNumberId") == number.id) return queue->name;
  }
  return {};
}

Answer<> ReleasePhoneNumber(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "ReleasePhoneNumber", input, "IdempotencyException"));
  if (before) return *before;
  TL_TRY(const Record* found, FindPhoneNumber(context, input.GetString("PhoneNumberId")));
  const Record number = *found;
  if (const std::string queue = UserOfNumber(context, number); !queue.empty()) {
    json::Object members;
    members.Set("ResourceType", "PHONE_NUMBER");
    members.Set("ResourceId", number.id);
    return ServiceError(
        "ResourceInUseException",
        fmt::format("phone number '{}' is the caller id of queue '{}'", number.name, queue),
        std::move(members));
  }
  Release(context, number);
  RememberAnswer(context, "ReleasePhoneNumber", input, {});
  return json::Object();
}

Answer<std::uint64_t> OfferStart(const json::Object& input) {
  const std::string_view token = input.GetString("NextToken");
  if (token.empty()) return std::uint64_t{0};
  const auto index = ToInt(token);
  if (index && *index > 0) return static_cast<std::uint64_t>(*index);
  return InvalidParameter(fmt::format("next token '{}' was not given out for this listing", token));
}

Answer<> SearchAvailablePhoneNumbers(Context& context, const json::Object& input) {
  TL_DO(FindNumberTargetParameter(context, input));
  const std::string_view prefix = input.GetString("PhoneNumberPrefix");
  if (!prefix.empty() && !prefix.starts_with('+')) {
    return InvalidParameter(
        fmt::format("expected '+' and a country code at the start of the prefix '{}'", prefix));
  }
  TL_TRY(std::uint64_t index, OfferStart(input));
  const std::string_view country = input.GetString("PhoneNumberCountryCode");
  const std::string_view type = input.GetString("PhoneNumberType");
  const NumberOffers offers(country, type, prefix);
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxResults", 10));
  json::Array found;
  for (auto number = offers.At(index); number && found.size() < limit;
       number = offers.At(++index)) {
    if (context.store.Find(Context::GlobalScope(), kClaimedNumber, *number) != nullptr) continue;
    json::Object offer;
    offer.Set("PhoneNumber", *number);
    offer.Set("PhoneNumberCountryCode", country);
    offer.Set("PhoneNumberType", type);
    found.emplace_back(std::move(offer));
  }
  json::Object output;
  output.Set("AvailableNumbersList", std::move(found));
  if (offers.At(index)) output.Set("NextToken", std::to_string(index));
  return output;
}

// The number moves, its flow does not (the model's text).
Answer<> UpdatePhoneNumber(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "UpdatePhoneNumber", input, "IdempotencyException"));
  if (before) return *before;
  TL_TRY(const Record* found, FindPhoneNumber(context, input.GetString("PhoneNumberId")));
  TL_TRY(const NumberTarget target, FindNumberTarget(context, input));
  Record number = *found;
  if (number.body.GetString("TargetArn") != target.arn) {
    context.store.Delete(context.RegionScope(), kNumberFlow, number.id);
    SetNumberTarget(target, number);
    SetStatus(number.body, "IN_PROGRESS");
    ScheduleClaim(context, number.id);
  }
  json::Object output = NameOfNumber(number);
  context.store.Put(context.RegionScope(), kPhoneNumber, std::move(number));
  RememberAnswer(context, "UpdatePhoneNumber", input, output);
  return output;
}

Answer<> UpdatePhoneNumberMetadata(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindPhoneNumber(context, input.GetString("PhoneNumberId")));
  Record number = *found;
  CopyMembers(input, {"PhoneNumberDescription"}, number.body);
  context.store.Put(context.RegionScope(), kPhoneNumber, std::move(number));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "ClaimPhoneNumber", .handle = ClaimPhoneNumber},
    {.name = "DescribePhoneNumber", .handle = DescribePhoneNumber},
    {.name = "ListPhoneNumbers", .handle = ListPhoneNumbers},
    {.name = "ListPhoneNumbersV2", .handle = ListPhoneNumbersV2},
    {.name = "ReleasePhoneNumber", .handle = ReleasePhoneNumber},
    {.name = "SearchAvailablePhoneNumbers", .handle = SearchAvailablePhoneNumbers},
    {.name = "UpdatePhoneNumber", .handle = UpdatePhoneNumber},
    {.name = "UpdatePhoneNumberMetadata", .handle = UpdatePhoneNumberMetadata},
};
static_assert(InOrder(kOperations));

}  // namespace

std::string PhoneNumberArn(const Context& context, std::string_view id) {
  return fmt::format("arn:aws:connect:{}:{}:phone-number/{}", context.region,
                     context.caller.account, id);
}

Answer<const Record*> FindPhoneNumber(Context& context, std::string_view id_or_arn) {
  std::string_view id = id_or_arn;
  if (id.starts_with("arn:")) {
    const std::string start = PhoneNumberArn(context, "");
    id = id.starts_with(start) ? id.substr(start.size()) : std::string_view();
  }
  const Record* number =
      id.empty() ? nullptr : context.store.Find(context.RegionScope(), kPhoneNumber, id);
  if (number != nullptr) return number;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("phone number '{}' does not exist in account {} and Region {}",
                                  id_or_arn, context.caller.account, context.region));
}

void Release(Context& context, const Record& number) {
  const std::string id = number.id;
  context.store.Delete(Context::GlobalScope(), kClaimedNumber, std::string(number.name));
  context.store.Delete(context.RegionScope(), kNumberFlow, id);
  context.store.Delete(context.RegionScope(), kPhoneNumber, id);
}

std::string FlowOfNumber(Context& context, std::string_view number_id) {
  const Record* flow = context.store.Find(context.RegionScope(), kNumberFlow, number_id);
  return flow == nullptr ? std::string() : std::string(flow->body.GetString("FlowId"));
}

std::optional<NumberRoute> FindClaimedNumber(Store& store, std::string_view number) {
  const Record* claimed = store.Find(Context::GlobalScope(), kClaimedNumber, number);
  if (claimed == nullptr) return std::nullopt;
  return NumberRoute{.scope = {.account = std::string(claimed->body.GetString("Account")),
                               .region = std::string(claimed->body.GetString("Region"))},
                     .number_id = std::string(claimed->body.GetString("PhoneNumberId"))};
}

extern constinit const Family kPhoneNumberOperations = kOperations;

}  // namespace connect
}  // namespace trunkline::cloud
