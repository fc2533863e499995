#include "sim/lambda.h"

#include "base/json_read.h"
#include "sim/lookup.h"
#include "sim/namespaces.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kLargestResponse = 32U << 10U;

json::Value TextOrNull(const std::string& text) {
  return text.empty() ? json::Value() : json::Value(text);
}

json::Value EndpointOrNull(const Endpoint& endpoint) {
  if (endpoint.address.empty()) return {};
  return json::Object{{"Address", endpoint.address}, {"Type", endpoint.type}};
}

json::Object SegmentValues(const ContactState& contact) {
  json::Object values;
  for (const auto& [key, value, offset] : SegmentAttributes(contact)) {
    values.Set(key, json::Object{{value.IsObject() ? "ValueMap" : "ValueString", value}});
  }
  return values;
}

json::Value MediaStreamsValue(const ContactState& contact) {
  if (!contact.more->media_streams.empty()) return contact.more->media_streams;
  return json::Object{{"Customer", json::Object{{"Audio", nullptr}}}};
}

json::Object ContactData(const ContactState& contact) {
  return {{"Attributes", contact.attributes},
          {"AwsRegion", contact.world->region},
          {"Channel", ToText(contact.call.channel)},
          {"ContactId", contact.contact_id},
          {"CustomerEndpoint", EndpointOrNull(contact.call.customer)},
          {"CustomerId", TextOrNull(contact.more->customer_id)},
          {"Description", TextOrNull(contact.more->description)},
          {"InitialContactId", InitialContactId(contact)},
          {"InitiationMethod", contact.initiation_method},
          {"InstanceARN", contact.world->instance_arn},
          {"LanguageCode", contact.language},
          {"MediaStreams", MediaStreamsValue(contact)},
          {"Name", TextOrNull(contact.more->name)},
          {"PreviousContactId", contact.more->previous_contact_id.empty()
                                    ? contact.contact_id
                                    : contact.more->previous_contact_id},
          {"Queue", QueueValue(contact)},
          {"References", json::Object{}},
          {"RelatedContactId", TextOrNull(contact.more->related_contact_id)},
          {"SegmentAttributes", SegmentValues(contact)},
          {"SystemEndpoint", EndpointOrNull(contact.call.system)},
          {"Tags", contact.tags}};
}

}  // namespace

json::Object FunctionEvent(const ContactState& contact, const json::Object& parameters) {
  json::Object texts;
  for (const auto& [key, value, offset] : parameters) {
    const auto text = ScalarText(value);
    texts.Set(key, text ? json::Value(*text) : value);
  }
  return {{"Details",
           json::Object{{"ContactData", ContactData(contact)}, {"Parameters", std::move(texts)}}},
          {"Name", "ContactFlowEvent"}};
}

Result<json::Object> ReadResponse(std::string_view payload, ResponseType type) {
  if (payload.size() >= kLargestResponse) {
    return Error(ErrorKind::kInvalid, "the function answered {} bytes: less than 32768 are allowed",
                 payload.size());
  }
  auto parsed = json::Parse(payload);
  if (!parsed) {
    return Error(ErrorKind::kInvalid, "the function's answer is not JSON: {}",
                 parsed.error().message());
  }
  if (!parsed->IsObject()) {
    return Error(ErrorKind::kInvalid, "expected an object as the function's answer but got {}",
                 parsed->TypeName());
  }
  if (type == ResponseType::kJson) return std::move(parsed->AsObject());
  json::Object& map = parsed->AsObject();
  std::vector<std::string> nulls;
  for (auto& [key, value, offset] : map) {
    if (value.IsNull()) nulls.push_back(key);
    if (value.IsNull() || value.IsString()) continue;
    auto text = ScalarText(value);
    if (!text) {
      return Error(ErrorKind::kInvalid,
                   "expected a text in member '{}' of the function's answer but got {}: response "
                   "type STRING_MAP takes "
                   "a flat object, use JSON",
                   key, value.TypeName());
    }
    value = std::move(*text);
  }
  for (const std::string& key : nulls) map.Remove(key);
  return std::move(map);
}

}  // namespace trunkline::sim
