// What a replica gets of its source.
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/connect/flow_parts.h"
#include "cloud/services/connect/kinds.h"
#include "cloud/services/connect/queue_parts.h"
#include "cloud/services/connect/replication_parts.h"

namespace trunkline::cloud::connect {
namespace {

// Kinds whose parent is the instance, beside kResourceKinds.
constexpr std::array<Kind, 3> kOfInstance = {kDefaultFlow, kHierarchyStructure,
                                             kPredefinedAttribute};
// Kinds whose parent is a resource.
constexpr std::array<Kind, 6> kOfResource = {kFlowContent,   kModuleContent, kModuleAlias,
                                             kHoursOverride, kViewContent,   kTestContent};
// Kinds with a resource's own id.
constexpr std::array<Kind, 2> kBeside = {kQueueQuickConnects, kPromptFile};

struct Copying {
  Store& store;
  Scope from;
  Scope to;
  std::string from_arn;  // "arn:aws:connect:eu-central-1:111122223333:instance/<id>"
  std::string to_arn;

  void One(Kind kind, const Record& record) const {
    const std::string body = Replace(json::Write(record.body), from_arn, to_arn);
    Record copy{.id = record.id, .parent = record.parent, .name = record.name};
    copy.body = json::Parse(body).value().AsObject();
    store.Put(to, kind, std::move(copy));
  }
  void AllOf(Kind kind, std::string_view parent) const {
    for (const Record* record : store.List(from, kind, parent)) One(kind, *record);
  }
  void Beside(Kind kind, std::string_view id) const {
    if (const Record* record = store.Find(from, kind, id)) One(kind, *record);
  }
};

std::string ArnIn(const Scope& scope, std::string_view instance_id) {
  return fmt::format("arn:aws:connect:{}:{}:instance/{}", scope.region, scope.account, instance_id);
}

}  // namespace

void CopyParts(Context& context, const Record& source, const Scope& to) {
  const Copying copying{.store = context.store,
                        .from = context.RegionScope(),
                        .to = to,
                        .from_arn = ArnIn(context.RegionScope(), source.id),
                        .to_arn = ArnIn(to, source.id)};
  for (const ResourceKind* kind : kResourceKinds) {
    for (const Record* record : context.store.List(copying.from, kind->kind, source.id)) {
      copying.One(kind->kind, *record);
      for (const Kind part : kOfResource) copying.AllOf(part, record->id);
      for (const Kind part : kBeside) copying.Beside(part, record->id);
    }
  }
  for (const Kind kind : kOfInstance) copying.AllOf(kind, source.id);
  copying.Beside(kInstanceAttribute, source.id);
}

}  // namespace trunkline::cloud::connect
