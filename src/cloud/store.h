// Store: everything the embedded cloud knows, in one generic table, in SQLite.
//
//   resource(scope, service, kind, id, parent, name, body)      body is JSON
//
// Scope is global (S3 bucket names, Connect aliases), an account (IAM), or account and Region: declared by the caller
// per call. The loop thread owns the store; every handler runs in one transaction, which a returned error rolls
// back. Kinds that are read often stay in memory as parsed values. With --ephemeral the database is in memory.
// Schema version in user_version; an unknown newer one is refused. Bodies of objects are files (cloud/objects.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud {

struct Scope {
  std::string account;  // empty: global
  std::string region;   // empty: the whole account
  bool operator==(const Scope&) const = default;
};

// One kind of resource of one service: {"connect", "queue"}.
struct Kind {
  std::string_view service;
  std::string_view name;
};

struct Record {
  std::string id;       // unique within scope and kind
  std::string parent;   // the id of what it belongs to (the instance), or empty
  std::string name;     // unique within scope, kind and parent if not empty; compared exactly
  json::Object body;
};

// A page of a listing, ordered by (name, id); `next` is opaque, empty on the last page.
struct RecordPage {
  std::vector<const Record*> records;
  std::string next;
};

class Store {
 public:
  struct Options {
    std::string folder;  // empty: in memory
  };
  static Result<std::unique_ptr<Store>> Open(const Options& options);
  ~Store();

  // A pointer stays valid until the next Put or Delete of that kind and scope.
  const Record* Find(const Scope& scope, Kind kind, std::string_view id);
  const Record* FindByName(const Scope& scope, Kind kind, std::string_view parent, std::string_view name);
  // All of a parent (empty parent: all of the kind), ordered by (name, id).
  std::vector<const Record*> List(const Scope& scope, Kind kind, std::string_view parent = {});
  // A token that this store did not give out for the same listing is an error (kInvalid).
  Result<RecordPage> ListPage(const Scope& scope, Kind kind, std::string_view parent, std::size_t limit,
                              std::string_view token);
  // Over all scopes of an account, or of everything: for jobs at start, for global look-ups.
  std::vector<std::pair<Scope, const Record*>> ListEverywhere(Kind kind);

  void Put(const Scope& scope, Kind kind, Record record);  // inserts or replaces by id
  bool Delete(const Scope& scope, Kind kind, std::string_view id);

  // Runs `work` in one transaction: committed if it returns true, else undone (memory too).
  Result<bool> Transact(const std::function<bool()>& work);
  Result<void> Reset();  // forgets everything

  const std::string& folder() const;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::cloud
