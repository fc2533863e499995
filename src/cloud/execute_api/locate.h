// Locating: which API a request is for, and which stage and path of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/execute_api/address.h"
#include "cloud/store.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

// Where a request wants to go. Behind the API's address the first segment is a stage if there is
// one of that name, else all of it is the path of the stage "$default" (HTTP APIs only).
struct Place {
  std::string api_id;         // empty: a domain name that leads nowhere
  std::string stage;          // empty: to be found in `path`
  std::string path;           // encoded, at least "/"
  std::string base_path;      // what stood before it
  std::string domain_prefix;  // the first label of the host, or the API's id
  bool function = false;      // a function's URL: its id stands in api_id
};

// Nothing: it is for no API.
std::optional<Place> LocateApi(Store& store, const net::Request& request);

// The first segment of the path, decoded: a stage's name, perhaps.
std::string FirstSegment(std::string_view path);
// Takes it off the path and makes it the stage.
void TakeStage(Place& place);

}  // namespace trunkline::cloud::execute_api
