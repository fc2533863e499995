#include "cloud/services/dynamodb/read_page.h"

#include <algorithm>

#include "cloud/services/dynamodb/expressions/evaluate.h"
#include "cloud/services/dynamodb/expressions/project.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kLargestPage = 1UL << 20U;  // documented: a megabyte

// What an index that does not have everything has.
std::vector<Path> ProjectedPaths(const Reading& reading) {
  std::vector<std::string> names = reading.index->attributes;
  for (const KeySchema* schema : {&reading.table.key, &reading.index->key}) {
    names.push_back(schema->hash.name);
    if (schema->range) names.push_back(schema->range->name);
  }
  std::vector<Path> paths;
  for (std::string& name : names) {
    Path path;
    path.push_back({.name = std::move(name)});
    paths.push_back(std::move(path));
  }
  return paths;
}

class PageReader {
 public:
  PageReader(Context& context, const Reading& reading) : context_(context), reading_(reading) {
    if (reading.index && reading.index->projection != "ALL" && !reading.whole_items)
      projected_ = ProjectedPaths(reading);
  }

  void Read() {
    const std::string parent =
        reading_.index ? IndexParent(reading_.table, reading_.index->name) : reading_.table.id;
    if (reading_.backward) return ReadBackward(parent);
    Walk(parent, [&](const Record& record) { return Take(record); });
  }

  json::Object Finish(const json::Object& input) && {
    json::Object output;
    if (!reading_.counts) output.Set("Items", std::move(items_));
    output.Set("Count", count_);
    output.Set("ScannedCount", scanned_);
    if (last_) output.Set("LastEvaluatedKey", KeyOfLast());
    Consumed consumed{.table = reading_.table.name, .units = 0, .local = {}, .global = {}};
    const double units = ReadUnits(bytes_, reading_.consistent);
    if (reading_.index) {
      consumed.AddIndex(*reading_.index, units);
    } else {
      consumed.units = units;
    }
    Report(output, input, consumed);
    return output;
  }

 private:
  // Within the range, in order, until `visit` answers false.
  template <class Visit>
  void Walk(const std::string& parent, const Visit& visit) {
    context_.store.Scan(
        context_.RegionScope(), reading_.index ? kIndexEntry : kItem, parent, reading_.range.from,
        [&](const Record& record) { return record.name < reading_.range.to && visit(record); });
  }

  // The store's order goes one way: what a page can hold of the range's end is remembered on the
  // way there, as places only.
  void ReadBackward(const std::string& parent) {
    std::vector<const Record*> places;
    const auto most = static_cast<std::size_t>(reading_.limit.value_or(0));
    std::size_t next = 0;
    Walk(parent, [&](const Record& record) {
      if (most == 0 || places.size() < most) {
        places.push_back(&record);
      } else {
        places[next] = &record;
        next = (next + 1) % most;
      }
      return true;
    });
    std::rotate(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(next), places.end());
    for (auto place = places.rbegin(); place != places.rend(); ++place)
      if (!Take(**place)) return;
  }

  const Record* ItemOf(const Record& record) {
    if (!reading_.index) return &record;
    const std::string_view key = std::string_view(record.id).substr(record.parent.size() + 1);
    return FindItem(context_, reading_.table, key);
  }

  // False: the page is full.
  bool Take(const Record& record) {
    const Record* stored = ItemOf(record);
    if (!stored) return true;
    const ItemView view(*stored);
    json::Object part;
    if (!projected_.empty()) part = Project(view.get(), projected_);
    const json::Object& item = projected_.empty() ? view.get() : part;
    bytes_ += projected_.empty() ? StoredSize(*stored) : SizeOf(item);
    ++scanned_;
    if (!reading_.filter || Holds(*reading_.filter, item)) Add(item);
    const bool full = reading_.limit && scanned_ >= *reading_.limit;
    if (!full && bytes_ <= kLargestPage) return true;
    last_ = stored;
    return false;
  }

  void Add(const json::Object& item) {
    ++count_;
    if (reading_.counts) return;
    items_.emplace_back(reading_.paths.empty() ? item : Project(item, reading_.paths));
  }

  json::Object KeyOfLast() const {
    const ItemView item(*last_);
    json::Object key = KeyAttributes(reading_.table.key, item.get());
    if (!reading_.index) return key;
    for (const json::Member& member : KeyAttributes(reading_.index->key, item.get()))
      key.Set(member.key, member.value);
    return key;
  }

  Context& context_;
  const Reading& reading_;
  std::vector<Path> projected_;
  json::Array items_;
  std::int64_t count_ = 0;
  std::int64_t scanned_ = 0;
  std::size_t bytes_ = 0;
  const Record* last_ = nullptr;
};

}  // namespace

json::Object ReadPage(Context& context, const Reading& reading, const json::Object& input) {
  PageReader reader(context, reading);
  reader.Read();
  return std::move(reader).Finish(input);
}

}  // namespace trunkline::cloud::dynamodb
