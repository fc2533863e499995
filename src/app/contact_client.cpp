#include "app/contact_client.h"

#include "app/cloud_post.h"
#include "app/endpoint.h"

namespace trunkline::app {
Result<ContactClient> ContactClient::Open(AppWorld& world, const std::string& endpoint_url) {
  const auto url = net::ParseUrl(endpoint_url);
  if (!url)
    return Error(ErrorKind::kInvalid, "expected a URL like 'http://127.0.0.1:4566' but got '{}'",
                 endpoint_url);
  if (!IsLoopback(endpoint_url)) {
    return Error(ErrorKind::kInvalid,
                 "calls can be placed on the embedded cloud only ('trunkline up'): '{}' is not on "
                 "this machine, and AWS has no "
                 "such API",
                 endpoint_url);
  }
  return ContactClient(world, *url);
}

Result<json::Object> ContactClient::Start(const json::Object& call) const {
  return Post("/_trunkline/contacts", call);
}

Result<json::Object> ContactClient::Tell(const std::string& contact_id,
                                         const json::Object& event) const {
  return Post("/_trunkline/contacts/" + contact_id + "/events", event);
}

Result<json::Object> ContactClient::Post(const std::string& path, const json::Object& body) const {
  return PostToCloud(world_, url_.scheme + "://" + url_.Authority(), path, body, "a contact");
}

}  // namespace trunkline::app
