#include "cloud/store.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "cloud/store_database.h"
#include "cloud/store_folder.h"
#include "cloud/store_page.h"
#include "cloud/store_table.h"

namespace trunkline::cloud {
namespace {

// A TableKey without copying, for looking up.
struct TableView {
  std::string_view service;
  std::string_view kind;
  std::string_view account;
  std::string_view region;
};

TableView View(const TableKey& key) {
  return {key.service, key.kind, key.account, key.region};
}
TableView View(const TableView& view) {
  return view;
}

struct TableHash {
  using is_transparent = void;
  template <class K>
  std::size_t operator()(const K& key) const {
    const TableView view = View(key);
    std::size_t sum = 0;
    for (const std::string_view part : {view.service, view.kind, view.account, view.region}) {
      sum = sum * 1000003 + std::hash<std::string_view>()(part);
    }
    return sum;
  }
};

struct TableEqual {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    const TableView x = View(a);
    const TableView y = View(b);
    return x.service == y.service && x.kind == y.kind && x.account == y.account &&
           x.region == y.region;
  }
};

}  // namespace

// How writing works: Put and Delete change the memory at once and remember what stood there before.
// At the end of the outermost transaction the records in that list are written to the database in
// one go, or the list is played back to undo the memory. The database so never sees what is undone,
// and a part of a transaction costs nothing.
struct Store::State {
  struct Before {
    const TableKey* key;  // keys and tables stay where they are until Reset
    Table* table;
    std::string id;
    std::unique_ptr<Record> record;  // null: it did not exist
  };
  using Tables = std::unordered_map<TableKey, Table, TableHash, TableEqual>;
  using Hook = std::function<void(bool)>;

  std::string folder;
  FolderLock lock;
  std::unique_ptr<Database> database;  // null: in memory only
  Tables tables;
  std::vector<Before> undo;
  std::vector<Hook> hooks;
  int depth = 0;

  Tables::value_type& Use(const Scope& scope, Kind kind);
  void UndoTo(std::size_t mark);
  void CallHooks(std::size_t mark, bool committed);
  Result<void> Write();
  Result<bool> End(std::size_t undo_mark, std::size_t hook_mark, bool good);
};

// The table of a scope and kind, read from the database when first asked for.
Store::State::Tables::value_type& Store::State::Use(const Scope& scope, Kind kind) {
  const auto found = tables.find(TableView{kind.service, kind.name, scope.account, scope.region});
  if (found != tables.end()) return *found;
  TableKey key{std::string(kind.service), std::string(kind.name), scope.account, scope.region};
  Table table;
  if (database) {
    const auto loaded = database->Load(key, [&](Record record) { table.Put(std::move(record)); });
    // A state that can no longer be read leaves nothing to answer: the gateway makes a 500 of it.
    if (!loaded) throw std::runtime_error(loaded.error().message());
  }
  return *tables.emplace(std::move(key), std::move(table)).first;
}

void Store::State::UndoTo(std::size_t mark) {
  while (undo.size() > mark) {
    Before before = std::move(undo.back());
    undo.pop_back();
    before.table->Restore(before.id, std::move(before.record));
  }
}

void Store::State::CallHooks(std::size_t mark, bool committed) {
  std::vector<Hook> due(std::make_move_iterator(hooks.begin() + static_cast<std::ptrdiff_t>(mark)),
                        std::make_move_iterator(hooks.end()));
  hooks.resize(mark);
  for (const Hook& hook : due) hook(committed);
}

Result<void> Store::State::Write() {
  if (!database || undo.empty()) return {};
  TL_DO(database->Begin());
  for (const Before& before : undo) {
    const Record* record = before.table->Find(before.id);
    TL_DO(record ? database->Put(*before.key, *record) : database->Delete(*before.key, before.id));
  }
  return database->Commit();
}

Result<bool> Store::State::End(std::size_t undo_mark, std::size_t hook_mark, bool good) {
  --depth;
  if (!good) {
    UndoTo(undo_mark);
    CallHooks(hook_mark, false);
    return false;
  }
  if (depth > 0) return true;
  if (auto written = Write(); !written) {
    database->Rollback();
    UndoTo(0);
    CallHooks(0, false);
    return std::move(written).error();
  }
  undo.clear();
  CallHooks(0, true);
  return true;
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const Options& options) {
  auto state = std::make_unique<State>();
  state->folder = options.folder;
  if (!options.folder.empty()) {
    TL_TRY(state->lock, FolderLock::Take(options.folder));
    TL_TRY(state->database, Database::Open(options.folder + "/state.db"));
  }
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

const Record* Store::Find(const Scope& scope, Kind kind, std::string_view id) {
  return state_->Use(scope, kind).second.Find(id);
}

const Record* Store::FindByName(const Scope& scope, Kind kind, std::string_view parent,
                                std::string_view name) {
  return state_->Use(scope, kind).second.FindByName(parent, name);
}

std::vector<const Record*> Store::List(const Scope& scope, Kind kind, std::string_view parent) {
  const Table& table = state_->Use(scope, kind).second;
  if (parent.empty()) return table.All();
  std::vector<const Record*> records;
  table.VisitParent({.parent = parent, .name = {}, .id = {}}, true, [&](const Record& record) {
    records.push_back(&record);
    return true;
  });
  return records;
}

Result<RecordPage> Store::ListPage(const Scope& scope, Kind kind, std::string_view parent,
                                   std::size_t limit, std::string_view token,
                                   const RecordFilter& filter) {
  const std::string listing = NameListing(scope, kind, parent, filter.text);
  std::optional<PageStart> start;
  if (!token.empty()) {
    TL_TRY(start, ReadPageToken(token, listing));
  }
  PageTaker taker(std::max<std::size_t>(limit, 1), filter);
  const Table& table = state_->Use(scope, kind).second;
  if (!parent.empty() || !table.has_parents()) {
    const Table::Place from{.parent = parent,
                            .name = start ? start->name : std::string_view(),
                            .id = start ? start->id : std::string_view()};
    table.VisitParent(from, !start, [&](const Record& record) { return taker.Take(record); });
  } else {
    const auto all = table.All();
    auto at = !start
                  ? all.begin()
                  : std::partition_point(all.begin(), all.end(), [&](const Record* record) {
                      return std::tie(record->name, record->id) <= std::tie(start->name, start->id);
                    });
    while (at != all.end() && taker.Take(**at)) ++at;
  }
  return std::move(taker).Finish(listing);
}

void Store::Scan(const Scope& scope, Kind kind, std::string_view parent, std::string_view from,
                 const std::function<bool(const Record&)>& visit) {
  state_->Use(scope, kind)
      .second.VisitParent({.parent = parent, .name = from, .id = {}}, true, visit);
}

std::vector<std::pair<Scope, const Record*>> Store::ListEverywhere(Kind kind) {
  if (state_->database) {
    const auto scopes = state_->database->Scopes(kind);
    if (!scopes) throw std::runtime_error(scopes.error().message());
    for (const Scope& scope : *scopes) state_->Use(scope, kind);
  }
  std::vector<std::pair<Scope, const Table*>> tables;
  for (const auto& [key, table] : state_->tables) {
    if (key.service == kind.service && key.kind == kind.name) {
      tables.emplace_back(Scope{key.account, key.region}, &table);
    }
  }
  std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.account, a.first.region) < std::tie(b.first.account, b.first.region);
  });
  std::vector<std::pair<Scope, const Record*>> records;
  for (const auto& [scope, table] : tables) {
    for (const Record* record : table->All()) records.emplace_back(scope, record);
  }
  return records;
}

std::vector<RecordCount> Store::Count() {
  std::vector<RecordCount> counts;
  if (state_->database) {
    auto counted = state_->database->Count();
    if (!counted) throw std::runtime_error(counted.error().message());
    return std::move(counted).value();
  }
  for (const auto& [key, table] : state_->tables) {
    if (table.size() == 0) continue;
    counts.push_back({{key.account, key.region}, key.service, key.kind, table.size()});
  }
  std::sort(counts.begin(), counts.end(), [](const RecordCount& a, const RecordCount& b) {
    return std::tie(a.scope.account, a.scope.region, a.service, a.kind) <
           std::tie(b.scope.account, b.scope.region, b.service, b.kind);
  });
  return counts;
}

void Store::Put(const Scope& scope, Kind kind, Record record) {
  if (!in_transaction()) throw std::logic_error("Store::Put outside of a transaction");
  auto& [key, table] = state_->Use(scope, kind);
  std::string id = record.id;
  auto before = table.Put(std::move(record));
  state_->undo.push_back({&key, &table, std::move(id), std::move(before)});
}

bool Store::Delete(const Scope& scope, Kind kind, std::string_view id) {
  if (!in_transaction()) throw std::logic_error("Store::Delete outside of a transaction");
  auto& [key, table] = state_->Use(scope, kind);
  std::string name(id);  // `id` may be the record's own
  auto before = table.Take(name);
  if (!before) return false;
  state_->undo.push_back({&key, &table, std::move(name), std::move(before)});
  return true;
}

Result<bool> Store::Transact(const std::function<bool()>& work) {
  const std::size_t undo_mark = state_->undo.size();
  const std::size_t hook_mark = state_->hooks.size();
  ++state_->depth;
  bool good = false;
  try {
    good = work();
  } catch (...) {
    (void)state_->End(undo_mark, hook_mark, false).ok();
    throw;
  }
  return state_->End(undo_mark, hook_mark, good);
}

void Store::AtEnd(std::function<void(bool)> what) {
  if (!in_transaction()) throw std::logic_error("Store::AtEnd outside of a transaction");
  state_->hooks.push_back(std::move(what));
}

bool Store::in_transaction() const {
  return state_->depth > 0;
}

Result<void> Store::Reset() {
  if (in_transaction()) throw std::logic_error("Store::Reset within a transaction");
  if (state_->database) {
    TL_DO(state_->database->Begin());
    if (auto cleared = state_->database->Clear(); !cleared) {
      state_->database->Rollback();
      return cleared;
    }
    TL_DO(state_->database->Commit());
  }
  state_->tables.clear();
  return {};
}

const std::string& Store::folder() const {
  return state_->folder;
}

}  // namespace trunkline::cloud
