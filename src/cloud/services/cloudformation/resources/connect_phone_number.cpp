// AWS::Connect::PhoneNumber: a free number of the country and type is looked for and claimed.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Claims what was asked for, or the first that is free.
Answer<void> PickNumber(const WaitContext& context, const ResourceOrder& order,
                        json::Object& properties) {
  if (!order.physical_id.empty()) return {};
  json::Object search;
  search.Set("TargetArn", properties.GetString("TargetArn"));
  search.Set("PhoneNumberCountryCode", properties.GetString("CountryCode"));
  search.Set("PhoneNumberType", properties.GetString("Type"));
  search.SetIfNotEmpty("PhoneNumberPrefix", properties.GetString("Prefix"));
  TL_TRY(const json::Object found,
         context.Dispatch("connect", "SearchAvailablePhoneNumbers", search));
  const json::Array& numbers = found.GetArray("AvailableNumbersList");
  if (numbers.empty())
    return ServiceError("NotFound",
                        "No phone number of that country, type and prefix is available.");
  properties.Set("PhoneNumber", numbers.front().AsObject().GetString("PhoneNumber"));
  return {};
}

json::Object KeysOfNumber(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("PhoneNumberId", order.physical_id.substr(order.physical_id.rfind('/') + 1));
  return keys;
}

constexpr auto kProperties =
    Properties<"CountryCode^ Description Prefix^~ Tags TargetArn* Type^">();

constexpr auto kAttributes = Words<"Address PhoneNumberArn">();

constexpr Name kNames[] = {
    {"Type", "PhoneNumberType"},
    {"CountryCode", "PhoneNumberCountryCode"},
    {"Prefix", "PhoneNumberPrefix"},
    {"Description", "PhoneNumberDescription"},
};

constexpr Name kValues[] = {
    {"Address", "PhoneNumber"},
};

constexpr Change kChanges[] = {
    {"UpdatePhoneNumber", "TargetArn"},
    {"UpdatePhoneNumberMetadata", "Description"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::PhoneNumber",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "ClaimPhoneNumber",
    .describe = "DescribePhoneNumber",
    .described = "ClaimedPhoneNumberSummary",
    .remove = "ReleasePhoneNumber",
    .changes = kChanges,
    .id = "PhoneNumberArn",
    .keys = "PhoneNumberId",
    .values = kValues,
    .names = kNames,
    .ready = {.member = "PhoneNumberStatus.Status",
              .pending = "IN_PROGRESS",
              .failed = "FAILED",
              .reason = "PhoneNumberStatus.Message"},
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "PhoneNumberArn",
    .prepare = PickNumber,
    .keys_of = KeysOfNumber,
};

}  // namespace

constinit const ResourceType kConnectPhoneNumberType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
