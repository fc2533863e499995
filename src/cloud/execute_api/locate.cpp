#include "cloud/execute_api/locate.h"

#include "base/text.h"
#include "cloud/execute_api/mappings.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kPrefix = "/_aws/execute-api/";
constexpr std::string_view kHostPart = ".execute-api.";

std::string_view WithoutPort(std::string_view host) {
  return host.substr(0, host.find(':'));
}

Place PlaceOfPath(std::string_view path) {
  path.remove_prefix(kPrefix.size());
  const std::size_t slash = path.find('/');
  Place place{.api_id = std::string(path.substr(0, slash)),
              .stage = {},
              .path = slash == std::string_view::npos ? "/" : std::string(path.substr(slash)),
              .base_path = {},
              .domain_prefix = std::string(path.substr(0, slash))};
  return place;
}

}  // namespace

std::optional<Place> LocateApi(Store& store, const net::Request& request) {
  const std::string_view path = request.path();
  if (path.starts_with(kPrefix)) return PlaceOfPath(path);
  const std::string host = ToLower(WithoutPort(request.headers.Get("Host")));
  const std::size_t part = host.find(kHostPart);
  if (part != std::string::npos && part > 0) {
    return Place{.api_id = host.substr(0, part),
                 .stage = {},
                 .path = std::string(path),
                 .base_path = {},
                 .domain_prefix = host.substr(0, part)};
  }
  const std::optional<Address> domain = host.empty() ? std::nullopt : FindAddress(store, host);
  if (!domain || domain->protocol != "DOMAIN") return std::nullopt;
  Place place{.api_id = {},
              .stage = {},
              .path = std::string(path),
              .base_path = {},
              .domain_prefix = host.substr(0, host.find('.'))};
  FollowMapping(store, domain->scope, host, place);
  return place;
}

std::string FirstSegment(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return PercentDecode(path.substr(0, path.find('/')));
}

void TakeStage(Place& place) {
  place.stage = FirstSegment(place.path);
  const std::size_t slash = place.path.find('/', 1);
  place.base_path += place.path.substr(0, slash);
  place.path = slash == std::string::npos ? "/" : place.path.substr(slash);
}

}  // namespace trunkline::cloud::execute_api
