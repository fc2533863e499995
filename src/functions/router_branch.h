// BranchRecord: what the router knows of a branch: the commit that was routed last, and for which
// commit each pipeline was started last.
//
// Deliveries come in any order, twice, two at a time, or not at all. The record makes that
// harmless: a push that does not follow the last one is completed from there, a late one starts
// what is missing at the newest commit, and what was wanted but not started is found again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "functions/router_push.h"

namespace trunkline::functions::router {

// What a pipeline was wanted for.
struct Mark {
  std::string commit;
  std::string token;       // the clientRequestToken: who starts it again starts it once
  std::string execution;   // empty: not started yet, as far as we know
  std::int64_t since = 0;  // when it was wanted, in seconds since 1970
};

struct BranchRecord {
  std::string branch;
  std::string before;
  std::string after;         // empty: nothing was routed yet
  std::int64_t pushed = 0;   // of the push that moved it to `after`; 0: not known
  std::int64_t version = 0;  // counts the writings; 0: never written
  std::map<std::string, Mark, std::less<>> pipelines;

  bool known() const { return !after.empty(); }
};

// How a push stands to what was routed last. Times are in seconds, so two pushes may share one; the
// chain of commits tells these apart when they follow each other.
enum class Order { kNewer, kSame, kOlder, kUnknown };
Order OrderOf(const BranchRecord& record, const Push& push);

// The token that starts a pipeline for a push, once. 64 characters of those that it may have.
std::string TokenOf(std::string_view push_key, std::string_view pipeline, std::string_view commit);

// As an item of the ledger, and back. What cannot be read is as if it were not there.
json::Object ToItem(const BranchRecord& record);
BranchRecord BranchOf(std::string_view branch, const json::Object& item);
std::string BranchId(std::string_view branch);

}  // namespace trunkline::functions::router
