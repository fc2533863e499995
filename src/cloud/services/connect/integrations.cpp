#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

// SourceApplicationUrl, -Name and SourceType go with the type EVENT, and only with it.
Answer<void> CheckSource(const json::Object& input) {
  if (input.GetString("IntegrationType") == "EVENT") return {};
  for (const std::string_view member :
       {"SourceApplicationUrl", "SourceApplicationName", "SourceType"}) {
    if (input.Has(member)) {
      return InvalidRequest(fmt::format("{} goes with the integration type EVENT only, not with {}",
                                        member, input.GetString("IntegrationType")));
    }
  }
  return {};
}

Answer<> CreateIntegrationAssociation(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckSource(input));
  const std::string_view arn = input.GetString("IntegrationArn");
  if (!arn.starts_with("arn:"))
    return InvalidRequest(fmt::format("expected an ARN in IntegrationArn but got '{}'", arn));
  const std::string name = fmt::format("{} {}", input.GetString("IntegrationType"), arn);
  if (context.store.FindByName(context.RegionScope(), kIntegration, instance->id, name) !=
      nullptr) {
    return ServiceError("DuplicateResourceException",
                        fmt::format("'{}' is integrated with instance '{}' as {} already", arn,
                                    NameOf(*instance), input.GetString("IntegrationType")));
  }
  Record record{.id = NewUuid(context.random), .parent = instance->id, .name = name};
  record.body.Set("IntegrationAssociationId", record.id);
  record.body.Set("IntegrationAssociationArn",
                  ResourceArn(context, instance->id, "integration-association", record.id));
  record.body.Set("InstanceId", instance->id);
  CopyMembers(input,
              {"IntegrationType", "IntegrationArn", "SourceApplicationUrl", "SourceApplicationName",
               "SourceType"},
              record.body);
  record.body.Set("Tags", input.GetObject("Tags"));
  json::Object output;
  CopyMembers(record.body, {"IntegrationAssociationId", "IntegrationAssociationArn"}, output);
  context.store.Put(context.RegionScope(), kIntegration, std::move(record));
  return output;
}

Answer<> DeleteIntegrationAssociation(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view id = input.GetString("IntegrationAssociationId");
  const Record* found = context.store.Find(context.RegionScope(), kIntegration, id);
  if (found == nullptr || found->parent != instance->id) {
    return NotFound("integration association", id, *instance);
  }
  context.store.Delete(context.RegionScope(), kIntegration, id);
  return json::Object();
}

json::Value Body(Context&, const Record& record) {
  return record.body;
}

Answer<> ListIntegrationAssociations(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view type = input.GetString("IntegrationType");
  const std::string_view arn = input.GetString("IntegrationArn");
  std::vector<const Record*> found;
  for (const Record* record :
       context.store.List(context.RegionScope(), kIntegration, instance->id)) {
    const bool wanted = (type.empty() || record->body.GetString("IntegrationType") == type) &&
                        (arn.empty() || record->body.GetString("IntegrationArn") == arn);
    if (wanted) found.push_back(record);
  }
  return PageOf(
      context, input, "IntegrationAssociationSummaryList", found, Body,
      {.listing = fmt::format("ListIntegrationAssociations {} {} {}", instance->id, type, arn)});
}

constexpr Operation kOperations[] = {
    {.name = "CreateIntegrationAssociation", .handle = CreateIntegrationAssociation},
    {.name = "DeleteIntegrationAssociation", .handle = DeleteIntegrationAssociation},
    {.name = "ListIntegrationAssociations", .handle = ListIntegrationAssociations},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kIntegrationOperations = kOperations;

}  // namespace trunkline::cloud::connect
