// OfflineCall: a call to a flow of a monorepo, or to a flow file alone, without any cloud: the use
// case behind `trunkline call --flow`.
//
// It speaks the language of the embedded cloud's contacts (docs/contacts.md): Start and Tell answer
// with what app::ContactClient's do, so that whoever plays the caller need not know the difference.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/open_call.h"
#include "base/json.h"
#include "base/result.h"
#include "sim/rehearsal.h"

namespace trunkline::app {

class OfflineCall {
 public:
  explicit OfflineCall(OpenedCall opened);

  json::Object Start();
  // kInvalid: no event; kConflict: nothing would happen.
  Result<json::Object> Tell(const json::Object& event);

  std::vector<std::string> Missing() const { return MissingMocks(rehearsal_); }

 private:
  json::Object Shown(std::size_t first) const;

  std::string flow_, from_;
  std::string account_, region_;
  sim::Rehearsal rehearsal_;
};

}  // namespace trunkline::app
