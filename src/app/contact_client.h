// Placing calls on the embedded cloud: its /_trunkline/contacts (docs/contacts.md). Real AWS has no
// such API.
#pragma once

#include <string>

#include "app/world.h"
#include "base/json.h"
#include "base/result.h"
#include "net/http.h"

namespace trunkline::app {

class ContactClient {
 public:
  // An address beyond this machine is refused.
  static Result<ContactClient> Open(AppWorld& world, const std::string& endpoint_url);

  // The answers: contactId, phase, ended, waitsFor, text (the transcript's new lines), queue,
  // intent, end.
  Result<json::Object> Start(const json::Object& call) const;
  Result<json::Object> Tell(const std::string& contact_id, const json::Object& event) const;

 private:
  ContactClient(AppWorld& world, net::Url url) : world_(world), url_(std::move(url)) {}
  Result<json::Object> Post(const std::string& path, const json::Object& body) const;

  AppWorld& world_;
  net::Url url_;
};

}  // namespace trunkline::app
