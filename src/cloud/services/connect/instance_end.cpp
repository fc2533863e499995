// What goes when an instance is deleted.
#include <string>
#include <vector>

#include "base/text.h"
#include "cloud/contacts/record.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/execution_records.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/instance_parts.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/queue_parts.h"

namespace trunkline::cloud::connect {
namespace {

// Kinds whose records have the instance as parent and nothing of their own.
constexpr Kind kPlainKinds[] = {kStorageConfig,
                                kLambdaFunction,
                                kBot,
                                kApprovedOrigin,
                                kSecurityKey,
                                kIntegration,
                                kDefaultFlow,
                                kNumberFlow,
                                kPredefinedAttribute,
                                kHierarchyStructure,
                                contacts::kContactRecord,
                                kTestExecution};

void DeleteAll(Context& context, Kind kind, std::string_view parent) {
  for (const Record* record : context.store.List(context.RegionScope(), kind, parent)) {
    context.store.Delete(context.RegionScope(), kind, std::string(record->id));
  }
}

// What hangs on a resource of any kind: contents, aliases, overrides, a queue's quick connects, a
// prompt's file.
void DeleteBelongings(Context& context, std::string_view id) {
  DeleteContents(context, kFlowContent, id);
  DeleteContents(context, kModuleContent, id);
  DeleteContents(context, kViewContent, id);
  DeleteContents(context, kTestContent, id);
  DeleteAll(context, kModuleAlias, id);
  DeleteAll(context, kHoursOverride, id);
  context.store.Delete(context.RegionScope(), kQueueQuickConnects, id);
  context.store.Delete(context.RegionScope(), kPromptFile, id);
}

}  // namespace

void DeleteParts(Context& context, const Record& instance) {
  for (const ResourceKind* kind : kResourceKinds) {
    for (const Record* record :
         context.store.List(context.RegionScope(), kind->kind, instance.id)) {
      const std::string id = record->id;
      DeleteBelongings(context, id);
      context.store.Delete(context.RegionScope(), kind->kind, id);
    }
  }
  for (const Record* number :
       context.store.List(context.RegionScope(), kPhoneNumber, instance.id)) {
    Release(context, Record(*number));
  }
  for (const Kind kind : kPlainKinds) DeleteAll(context, kind, instance.id);
  context.store.Delete(context.RegionScope(), kInstanceAttribute, instance.id);
  const std::string alias = ToLower(instance.body.GetString("InstanceAlias"));
  if (!alias.empty()) context.store.Delete(Context::GlobalScope(), kAlias, alias);
}

}  // namespace trunkline::cloud::connect
