#include "cloud/execute_api/locate.h"

#include "base/text.h"
#include "cloud/execute_api/mappings.h"

namespace trunkline::cloud::execute_api {
namespace {

// Where ids stand, of APIs and of functions' URLs.
struct Form {
  std::string_view prefix;     // of the path
  std::string_view host_part;  // behind the first label
  bool function;
};
constexpr Form kForms[] = {{"/_aws/execute-api/", ".execute-api.", false},
                           {"/_aws/lambda-url/", ".lambda-url.", true}};

std::string_view WithoutPort(std::string_view host) {
  return host.substr(0, host.find(':'));
}

Place PlaceOf(const Form& form, const std::string& id, std::string path) {
  return {.api_id = id,
          .stage = {},
          .path = std::move(path),
          .base_path = {},
          .domain_prefix = id,
          .function = form.function};
}

std::optional<Place> PlaceOfPath(std::string_view path) {
  for (const Form& form : kForms) {
    if (!path.starts_with(form.prefix)) continue;
    path.remove_prefix(form.prefix.size());
    const std::size_t slash = path.find('/');
    return PlaceOf(form, std::string(path.substr(0, slash)),
                   slash == std::string_view::npos ? "/" : std::string(path.substr(slash)));
  }
  return std::nullopt;
}

std::optional<Place> PlaceOfHost(const std::string& host, std::string_view path) {
  for (const Form& form : kForms) {
    const std::size_t part = host.find(form.host_part);
    if (part != std::string::npos && part > 0)
      return PlaceOf(form, host.substr(0, part), std::string(path));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Place> LocateApi(Store& store, const net::Request& request) {
  const std::string_view path = request.path();
  if (auto place = PlaceOfPath(path)) return place;
  const std::string host = ToLower(WithoutPort(request.headers.Get("Host")));
  if (auto place = PlaceOfHost(host, path)) return place;
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
