#include "cloud/services/cloudformation/stacks/import.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/resource_types.h"

namespace trunkline::cloud::cloudformation {

bool IsImported(const json::Object& operation, std::string_view logical_id) {
  return operation.GetObject("Imports").Has(logical_id);
}

net::aw<Answer<MadeResource>> ReadImported(RunPointer run, const ResourceType& type,
                                           ResourceOrder order) {
  order.physical_id = run->operation.GetObject("Imports").GetString(order.logical_id);
  MadeResource made;
  made.physical_id = order.physical_id;
  // An import brings no change: what updates with nothing to change tells the attributes.
  order.previous = order.properties;
  auto properties = co_await type.read(run->context, order);
  if (!properties) co_return std::move(properties).error();
  if (type.update) co_return co_await type.update(run->context, std::move(order));
  made.attributes = std::move(*properties);
  co_return made;
}

Answer<json::Object> CheckImports(Context& context, const json::Array& resources,
                                  const Revision& revision, std::string_view stack_id) {
  json::Object imports;
  for (const json::Value& item : resources) {
    const json::Object& one = item.AsObject();
    const std::string_view name = one.GetString("LogicalResourceId");
    const TemplateResource* resource = revision.document->Find(name);
    if (!resource || resource->type != one.GetString("ResourceType")) {
      return ValidationError(fmt::format(
          "Resources [{}] passed in ResourceToImport are not present in the template", name));
    }
    const ResourceType* type = FindResourceType(resource->type);
    if (!type || !type->read)
      return ValidationError(
          fmt::format("ResourceTypes [{}] are not supported for Import", resource->type));
    if (resource->deletion_policy.IsNull()) {
      return ValidationError(
          fmt::format("Resources [{}] that are being imported must have a DeletionPolicy attribute "
                      "specified in the template",
                      name));
    }
    if (context.store.Find(context.RegionScope(), kResource, ResourceId(stack_id, name)))
      return ValidationError(fmt::format("Resource {} already exists in the stack", name));
    std::vector<std::string> parts;
    for (const json::Member& part : one.GetObject("ResourceIdentifier"))
      parts.emplace_back(part.value.IsString() ? part.value.AsString() : "");
    imports.Set(name, Join(parts, "|"));
  }
  return imports;
}

}  // namespace trunkline::cloud::cloudformation
