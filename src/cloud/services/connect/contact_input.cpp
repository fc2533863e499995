#include "cloud/services/connect/contact_input.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMostAttributes = 32768;
constexpr std::size_t kMostReferences = 4096;
constexpr std::array<std::string_view, 5> kReferenceTypes = {"URL", "NUMBER", "STRING", "DATE",
                                                             "EMAIL"};

bool IsAttributeName(std::string_view name) {
  return name.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
         std::string_view::npos;
}

}  // namespace

Answer<void> CheckContactAttributes(const json::Object& attributes) {
  std::size_t size = 0;
  for (const json::Member& attribute : attributes) {
    if (!IsAttributeName(attribute.key)) {
      return InvalidParameter(fmt::format(
          "expected letters, digits, '-' and '_' in the name of an attribute but got '{}'",
          attribute.key));
    }
    size += attribute.key.size() + attribute.value.AsString().size();
  }
  if (size <= kMostAttributes) return {};
  return InvalidParameter(
      fmt::format("the attributes have {} bytes; at most {} are allowed", size, kMostAttributes));
}

Answer<void> CheckContactReferences(const json::Object& references) {
  std::size_t size = 0;
  for (const json::Member& reference : references) {
    const json::Object& body = reference.value.AsObject();
    const std::string_view type = body.GetString("Type");
    if (std::ranges::find(kReferenceTypes, type) == kReferenceTypes.end()) {
      return InvalidParameter(
          fmt::format("reference '{}' cannot be of the type {}", reference.key, type));
    }
    if (!body.Has("Value"))
      return InvalidParameter(fmt::format("reference '{}' has no Value", reference.key));
    size += reference.key.size() + body.GetString("Value").size();
  }
  if (size <= kMostReferences) return {};
  return InvalidParameter(
      fmt::format("the references have {} bytes; at most {} are allowed", size, kMostReferences));
}

Answer<const Record*> FindContactFlow(Context& context, const Record& instance,
                                      std::string_view id_or_arn) {
  TL_TRY(const Record* flow, FindResource(context, instance, kFlow, id_or_arn));
  const std::string_view type = flow->body.GetString("Type");
  if (type != "CONTACT_FLOW") {
    return InvalidParameter(fmt::format(
        "flow '{}' is of the type {}: a contact begins in a CONTACT_FLOW", flow->name, type));
  }
  if (flow->body.GetString("Status") != "PUBLISHED")
    return InvalidParameter(fmt::format("flow '{}' is not published", flow->name));
  return flow;
}

Answer<void> RefuseMembers(const json::Object& input, std::span<const std::string_view> members) {
  for (const std::string_view member : members) {
    if (input.Has(member))
      return InvalidParameter(fmt::format("{} is not implemented by this cloud", member));
  }
  return {};
}

}  // namespace trunkline::cloud::connect
