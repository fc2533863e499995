#include "cloud/execute_api/mappings.h"

namespace trunkline::cloud::execute_api {
namespace {

// "/v1/pets" begins with the base path "v1", "/v10" does not.
bool BeginsWith(std::string_view path, std::string_view base) {
  if (base.empty()) return true;
  path.remove_prefix(1);
  return path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

}  // namespace

void FollowMapping(Store& store, const Scope& scope, std::string_view domain, Place& place) {
  const Record* best = nullptr;
  for (const Record* mapping : store.List(scope, kMapping, domain)) {
    const bool longer = !best || mapping->name.size() > best->name.size();
    if (longer && BeginsWith(place.path, mapping->name)) best = mapping;
  }
  if (!best) return;
  place.api_id = best->body.GetString("ApiId");
  place.stage = best->body.GetString("Stage");
  if (best->name.empty()) return;
  place.base_path = "/" + best->name;
  place.path = place.path.substr(place.base_path.size());
  if (place.path.empty()) place.path = "/";
}

}  // namespace trunkline::cloud::execute_api
