// Ledger: which pushes were routed, and how far each branch is; a DynamoDB table with the key `id`
// and the time to live `expires`.
//
// A push is written down before anything is started, and closed with its answer afterwards. What
// was begun and not closed is routed again: the tokens of its starts make that harmless.
#pragma once

#include <string>

#include "functions/router_branch.h"
#include "functions/router_session.h"

namespace trunkline::functions::router {

// How the ledger finds a push.
struct Entry {
  bool done = false;    // it was routed: `answer` is what was answered
  json::Object answer;  // as it was given to Finish
};

class Ledger {
 public:
  // `session` outlives it.
  explicit Ledger(const Session& session) : session_(session) {}

  net::aw<Result<Entry>> Begin(std::string key, std::string delivery) const;
  net::aw<Result<void>> Finish(std::string key, std::string delivery, json::Object answer) const;

  net::aw<Result<BranchRecord>> ReadBranch(std::string branch) const;
  // If nobody has written since `record` was read: false, somebody has. On success `record` is as
  // if it had just been read.
  net::aw<Result<bool>> WriteBranch(BranchRecord& record) const;

 private:
  net::aw<Result<json::Object>> Ask(std::string operation, json::Object input) const;
  net::aw<Result<json::Object>> ReadItem(std::string id) const;
  json::Object Row(const std::string& key, const std::string& delivery,
                   std::string_view state) const;

  const Session& session_;
};

}  // namespace trunkline::functions::router
