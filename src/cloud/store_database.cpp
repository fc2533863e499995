#include "cloud/store_database.h"

#include <array>
#include <utility>

#include <sqlite3.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud {
namespace {

// "TRNK": tells our files from other programs' databases.
constexpr int kApplicationId = 0x54524E4B;

// One step per schema version; user_version counts the steps taken. Never change a step that was
// released: add one.
constexpr std::array<const char*, 1> kMigrations = {
    "CREATE TABLE resource("
    " service TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,"
    " id TEXT NOT NULL, parent TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,"
    " UNIQUE(service, kind, account, region, id))",
};

void Bind(sqlite3_stmt* statement, int at, std::string_view text) {
  sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void BindKey(sqlite3_stmt* statement, const TableKey& key) {
  Bind(statement, 1, key.service);
  Bind(statement, 2, key.kind);
  Bind(statement, 3, key.account);
  Bind(statement, 4, key.region);
}

std::string Column(sqlite3_stmt* statement, int at) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
  return std::string(text ? text : "",
                     static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
}

}  // namespace

// A prepared statement in use: reset at the end, so that it holds no lock.
class Database::Statement {
 public:
  explicit Statement(sqlite3_stmt* statement, bool owned = false)
      : statement_(statement), owned_(owned) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() {
    if (owned_) {
      sqlite3_finalize(statement_);
    } else {
      sqlite3_reset(statement_);
      sqlite3_clear_bindings(statement_);
    }
  }
  sqlite3_stmt* get() const { return statement_; }
  int Step() { return sqlite3_step(statement_); }

 private:
  sqlite3_stmt* statement_;
  bool owned_;
};

Database::Database(sqlite3* connection, std::string path)
    : connection_(connection), path_(std::move(path)) {}

Database::~Database() {
  sqlite3_finalize(load_);
  sqlite3_finalize(put_);
  sqlite3_finalize(delete_);
  sqlite3_close(connection_);
}

Error Database::Refused(std::string_view doing) const {
  const int code = sqlite3_extended_errcode(connection_);
  const ErrorKind kind = (code & 0xFF) == SQLITE_READONLY || (code & 0xFF) == SQLITE_PERM
                             ? ErrorKind::kDenied
                             : ErrorKind::kUnreached;
  const bool damaged = (code & 0xFF) == SQLITE_NOTADB || (code & 0xFF) == SQLITE_CORRUPT;
  return Error(kind, "cannot {} '{}': {}{}", doing, path_, sqlite3_errmsg(connection_),
               damaged ? "; choose another --data, or move this folder away to begin anew" : "");
}

Result<std::unique_ptr<Database>> Database::Open(const std::string& path) {
  sqlite3* connection = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &connection,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(connection, path));
  if (status != SQLITE_OK) return database->Refused("open");
  TL_DO(database->Configure());
  TL_DO(database->Migrate());
  TL_DO(database->Prepare());
  return database;
}

Result<void> Database::Execute(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return Refused("write");
  return {};
}

Result<int> Database::ReadNumber(const char* sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(connection_, sql, -1, &prepared, nullptr) != SQLITE_OK)
    return Refused("read");
  Statement statement(prepared, true);
  if (statement.Step() != SQLITE_ROW) return Refused("read");
  return sqlite3_column_int(statement.get(), 0);
}

Result<void> Database::Configure() {
  // The lock on the folder keeps other clouds away; a reader with the sqlite3 program may hold the
  // file for a moment.
  sqlite3_busy_timeout(connection_, 2000);
  TL_TRY(const int application, ReadNumber("PRAGMA application_id"));
  TL_TRY(const int tables, ReadNumber("SELECT count(*) FROM sqlite_master"));
  if (application != kApplicationId && (application != 0 || tables != 0)) {
    return Error(ErrorKind::kInvalid,
                 "'{}' is a database of another program: choose another --data", path_);
  }
  TL_DO(Execute("PRAGMA journal_mode=WAL"));
  return Execute("PRAGMA synchronous=NORMAL");
}

Result<void> Database::Migrate() {
  TL_TRY(const int version, ReadNumber("PRAGMA user_version"));
  const int known = static_cast<int>(kMigrations.size());
  if (version > known) {
    return Error(
        ErrorKind::kInvalid,
        "'{}' was written by a newer trunkline (schema {}, this one knows {}): use that one, or "
        "choose another --data",
        path_, version, known);
  }
  if (version == known) return {};
  TL_DO(Begin());
  for (int step = version; step < known; ++step) {
    TL_DO(Execute(kMigrations.at(static_cast<std::size_t>(step))));
  }
  TL_DO(Execute(fmt::format("PRAGMA application_id={}", kApplicationId).c_str()));
  TL_DO(Execute(fmt::format("PRAGMA user_version={}", known).c_str()));
  return Commit();
}

Result<void> Database::Prepare() {
  const auto prepare = [this](const char* sql, sqlite3_stmt** statement) {
    return sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
                              nullptr) == SQLITE_OK;
  };
  if (!prepare("SELECT id, parent, name, body FROM resource"
               " WHERE service=? AND kind=? AND account=? AND region=?",
               &load_) ||
      !prepare(
          "INSERT OR REPLACE INTO resource(service, kind, account, region, id, parent, name, body)"
          " VALUES(?,?,?,?,?,?,?,?)",
          &put_) ||
      !prepare(
          "DELETE FROM resource WHERE service=? AND kind=? AND account=? AND region=? AND id=?",
          &delete_)) {
    return Refused("read");
  }
  return {};
}

Result<void> Database::Load(const TableKey& key, const std::function<void(Record)>& add) {
  Statement statement(load_);
  BindKey(load_, key);
  int status = statement.Step();
  for (; status == SQLITE_ROW; status = statement.Step()) {
    Record record{
        .id = Column(load_, 0), .parent = Column(load_, 1), .name = Column(load_, 2), .body = {}};
    auto body = json::Parse(Column(load_, 3));
    if (!body || !body->IsObject()) {
      return Error(ErrorKind::kInvalid, "'{}' is damaged: {} '{}' of {} is not a JSON object",
                   path_, key.kind, record.id, key.service);
    }
    record.body = std::move(body->AsObject());
    add(std::move(record));
  }
  if (status != SQLITE_DONE) return Refused("read");
  return {};
}

Result<std::vector<Scope>> Database::Scopes(Kind kind) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(connection_,
                         "SELECT DISTINCT account, region FROM resource WHERE service=? AND kind=?",
                         -1, &prepared, nullptr) != SQLITE_OK) {
    return Refused("read");
  }
  Statement statement(prepared, true);
  Bind(prepared, 1, kind.service);
  Bind(prepared, 2, kind.name);
  std::vector<Scope> scopes;
  while (statement.Step() == SQLITE_ROW) {
    scopes.push_back({.account = Column(prepared, 0), .region = Column(prepared, 1)});
  }
  return scopes;
}

Result<std::vector<RecordCount>> Database::Count() {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(connection_,
                         "SELECT account, region, service, kind, count(*) FROM resource"
                         " GROUP BY account, region, service, kind",
                         -1, &prepared, nullptr) != SQLITE_OK) {
    return Refused("read");
  }
  Statement statement(prepared, true);
  std::vector<RecordCount> counts;
  while (statement.Step() == SQLITE_ROW) {
    counts.push_back({.scope = {.account = Column(prepared, 0), .region = Column(prepared, 1)},
                      .service = Column(prepared, 2),
                      .kind = Column(prepared, 3),
                      .count = static_cast<std::size_t>(sqlite3_column_int64(prepared, 4))});
  }
  return counts;
}

Result<void> Database::Begin() {
  return Execute("BEGIN IMMEDIATE");
}

Result<void> Database::Put(const TableKey& key, const Record& record) {
  const std::string body = json::Write(record.body);
  if (!IsUtf8(body)) {
    return Error(ErrorKind::kInvalid, "{} '{}' of {} holds text that is not UTF-8", key.kind,
                 record.id, key.service);
  }
  Statement statement(put_);
  BindKey(put_, key);
  Bind(put_, 5, record.id);
  Bind(put_, 6, record.parent);
  Bind(put_, 7, record.name);
  Bind(put_, 8, body);
  if (statement.Step() != SQLITE_DONE) return Refused("write");
  return {};
}

Result<void> Database::Delete(const TableKey& key, std::string_view id) {
  Statement statement(delete_);
  BindKey(delete_, key);
  Bind(delete_, 5, id);
  if (statement.Step() != SQLITE_DONE) return Refused("write");
  return {};
}

Result<void> Database::Clear() {
  return Execute("DELETE FROM resource");
}

Result<void> Database::Commit() {
  return Execute("COMMIT");
}

void Database::Rollback() {
  if (sqlite3_get_autocommit(connection_) == 0) {
    sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace trunkline::cloud
