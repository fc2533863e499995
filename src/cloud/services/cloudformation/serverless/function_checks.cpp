// Which properties of a function go together.
#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/function.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Answer<void> CheckPackage(const Source& source) {
  const json::Object& own = source.properties;
  if (own.GetString("PackageType") == "Image") {
    if (!Given(own, "Handler") && !Given(own, "Runtime") && !Given(own, "Layers")) return {};
    return InvalidResource(
        source.id,
        "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`");
  }
  if (!Given(own, "Runtime") || !Given(own, "Handler")) {
    return InvalidResource(
        source.id, "Runtime and Handler needs to be present when PackageType is of type `Zip`");
  }
  if (!Given(own, "ImageConfig")) return {};
  return InvalidResource(
      source.id, "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`");
}

Answer<void> CheckDeadLetters(const Source& source) {
  const json::Value* given = Given(source.properties, "DeadLetterQueue");
  if (!given) return {};
  const json::Object& queue = given->AsObject();
  if (!Given(queue, "Type") || !Given(queue, "TargetArn")) {
    return InvalidResource(
        source.id, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
  }
  if (!queue.At("Type").IsString())
    return InvalidResource(source.id, "Property 'DeadLetterQueue.Type' should be a string.");
  const std::string_view type = queue.GetString("Type");
  if (type == "SQS" || type == "SNS") return {};
  return InvalidResource(source.id, "'DeadLetterQueue' requires Type of ['SQS', 'SNS']");
}

// Functions that keep their callers apart have no other way in than APIs.
Answer<void> CheckTenancy(const Source& source) {
  const json::Object& own = source.properties;
  if (!Given(own, "TenancyConfig")) return {};
  constexpr std::pair<std::string_view, std::string_view> kRefused[] = {
      {"ProvisionedConcurrencyConfig", "Provisioned concurrency"},
      {"FunctionUrlConfig", "Function URL"},
      {"SnapStart", "SnapStart"}};
  for (const auto& [property, name] : kRefused) {
    if (!Given(own, property)) continue;
    return InvalidResource(
        source.id,
        fmt::format("{} is not supported for functions enabled with tenancy configuration.", name));
  }
  for (const json::Member& event : own.GetObject("Events")) {
    const json::Object nothing;
    const std::string_view type =
        (event.value.IsObject() ? event.value.AsObject() : nothing).GetString("Type");
    if (type == "Api" || type == "HttpApi") continue;
    return InvalidResource(
        source.id,
        fmt::format("Event source '{}' is not supported for functions enabled with tenancy "
                    "configuration. Only Api and HttpApi event sources are supported.",
                    type));
  }
  return {};
}

Answer<void> CheckCapacity(const Source& source) {
  const json::Object& own = source.properties;
  const bool provided = Present(own, "CapacityProviderConfig") != nullptr;
  for (const std::string_view other : {"ProvisionedConcurrencyConfig", "VpcConfig"}) {
    if (!provided || !Present(own, other)) continue;
    return InvalidResource(
        source.id,
        fmt::format("Cannot specify 'CapacityProviderConfig' and '{}' together.", other));
  }
  if (provided || !Present(own, "FunctionScalingConfig")) return {};
  return InvalidResource(source.id, "'FunctionScalingConfig' requires 'CapacityProviderConfig'.");
}

}  // namespace

Answer<void> CheckFunction(const Source& source) {
  TL_DO(CheckPackage(source));
  TL_DO(CheckCapacity(source));
  TL_DO(CheckTenancy(source));
  const json::Object& own = source.properties;
  if (Given(own, "ProvisionedConcurrencyConfig") && !Given(own, "AutoPublishAlias")) {
    return InvalidResource(source.id,
                           "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined "
                           "on the function");
  }
  const json::Value* kept = Present(own, "VersionDeletionPolicy");
  if (kept && !Present(own, "AutoPublishAlias"))
    return InvalidResource(source.id, "'VersionDeletionPolicy' requires 'AutoPublishAlias'.");
  if (kept && kept->IsString() && kept->AsString() != "Delete" && kept->AsString() != "Retain") {
    return InvalidResource(source.id,
                           "Property 'VersionDeletionPolicy' should be a one of the strings: "
                           "'Delete' or 'Retain'.");
  }
  return CheckDeadLetters(source);
}

}  // namespace trunkline::cloud::cloudformation::serverless
