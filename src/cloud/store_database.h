// Database: the store's table on disk. Only the store uses it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cloud/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace trunkline::cloud {

// Which table of the memory a row belongs to.
struct TableKey {
  std::string service;
  std::string kind;
  std::string account;
  std::string region;
  bool operator==(const TableKey&) const = default;
};

class Database {
 public:
  // Makes the file when missing, brings an older schema up to date, refuses a newer one.
  static Result<std::unique_ptr<Database>> Open(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Everything of a table.
  Result<void> Load(const TableKey& key, const std::function<void(Record)>& add);
  // The scopes that hold anything of a kind.
  Result<std::vector<Scope>> Scopes(Kind kind);
  Result<std::vector<RecordCount>> Count();

  // A transaction: Begin, any of the others, then Commit; or Rollback after an error.
  Result<void> Begin();
  Result<void> Put(const TableKey& key, const Record& record);
  Result<void> Delete(const TableKey& key, std::string_view id);
  Result<void> Clear();
  Result<void> Commit();
  void Rollback();

 private:
  class Statement;
  Database(sqlite3* connection, std::string path);
  Result<void> Prepare();
  Result<void> Execute(const char* sql);
  Result<int> ReadNumber(const char* sql);
  Result<void> Configure();
  Result<void> Migrate();
  Error Refused(std::string_view doing) const;

  sqlite3* connection_;
  std::string path_;
  sqlite3_stmt* load_ = nullptr;
  sqlite3_stmt* put_ = nullptr;
  sqlite3_stmt* delete_ = nullptr;
};

}  // namespace trunkline::cloud
