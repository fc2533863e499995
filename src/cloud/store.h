// Store: everything the embedded cloud knows, in one generic table, in SQLite.
//
//   resource(service, kind, account, region, id, parent, name, body)      body is JSON
//
// Scope is global (S3 bucket names, Connect aliases), an account (IAM), or account and Region:
// chosen by the caller of each method. The loop thread owns the store; every handler runs in one
// transaction, which a returned error rolls back, in memory and on disk. All records of a (scope,
// kind) are read when first asked for and stay in memory as parsed values; writing goes through to
// the database. Look-ups by id hash; look-ups by name and the start of a listing take O(log n).
// Without a folder nothing is written. Bodies of objects are files (cloud/objects.h).
// The schema's version stands in user_version; a newer, unknown one is refused. Killing the process
// loses at most the transaction under way; a power cut may lose the last ones (synchronous=NORMAL).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  std::string id;      // unique within scope and kind
  std::string parent;  // the id of what it belongs to (the instance), or empty
  std::string
      name;  // for FindByName and the order of listings; a handler that wants it unique looks first
  json::Object body;  // texts are UTF-8: raw bytes go to Objects or in as Base64
};

// A page of a listing, ordered by (name, id); `next` is opaque, empty on the last page.
struct RecordPage {
  std::vector<const Record*> records;
  std::string next;
};

// Which records of a listing are wanted. `text` tells filters apart: a page token is good for the
// same text only.
struct RecordFilter {
  std::string text;
  std::function<bool(const Record&)> keep;
};

// How many records a scope holds of a kind.
struct RecordCount {
  Scope scope;
  std::string service;
  std::string kind;
  std::size_t count = 0;
};

class Store {
 public:
  struct Options {
    std::string folder;  // empty: in memory only
  };
  // kConflict: another process has the folder. kDenied: no permission. kInvalid: a newer schema, or
  // not our file.
  static Result<std::unique_ptr<Store>> Open(const Options& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // A pointer stays valid until that record is put or deleted, or a transaction that wrote it is
  // undone.
  const Record* Find(const Scope& scope, Kind kind, std::string_view id);
  const Record* FindByName(const Scope& scope, Kind kind, std::string_view parent,
                           std::string_view name);
  // All of a parent (empty parent: all of the kind), ordered by (name, id).
  std::vector<const Record*> List(const Scope& scope, Kind kind, std::string_view parent = {});
  // A token that was not given out for the same listing and filter is an error (kInvalid).
  Result<RecordPage> ListPage(const Scope& scope, Kind kind, std::string_view parent,
                              std::size_t limit, std::string_view token,
                              const RecordFilter& filter = {});
  // A parent's records with name >= `from` in the order (name, id), until `visit` answers false. It
  // must not write.
  void Scan(const Scope& scope, Kind kind, std::string_view parent, std::string_view from,
            const std::function<bool(const Record&)>& visit);
  // Over all scopes: for jobs at start, for look-ups over accounts. Ordered by (account, Region,
  // name, id).
  std::vector<std::pair<Scope, const Record*>> ListEverywhere(Kind kind);
  std::vector<RecordCount> Count();  // what there is, ordered by account, Region, service, kind

  // Only within Transact: anywhere else is a bug (std::logic_error). What the disk refuses fails
  // the transaction.
  void Put(const Scope& scope, Kind kind,
           Record record);  // inserts, or replaces the one of the same id
  bool Delete(const Scope& scope, Kind kind, std::string_view id);

  // Runs `work` in one transaction: committed if it returns true, else undone (memory too). Within
  // another transaction it is a part of it that can be undone alone. The value is what `work`
  // returned; an error means the disk refused and everything was undone.
  Result<bool> Transact(const std::function<bool()>& work);
  // Called once, after the outermost transaction under way: `committed` tells how it ended. A part
  // that is undone alone calls what was registered in it with false at once.
  void AtEnd(std::function<void(bool committed)> what);
  bool in_transaction() const;

  Result<void> Reset();  // forgets everything

  const std::string& folder() const;  // empty: in memory only

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::cloud
