#include "cloud/services/ssm/filters.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/ssm/parameter.h"

namespace trunkline::cloud::ssm {
namespace {

struct KeyRow {
  std::string_view key;
  std::array<std::string_view, 3> options;  // the first is the default
  bool by_path;
};

constexpr std::string_view kTagPrefix = "tag:";
constexpr KeyRow kKeys[] = {
    {"DataType", {"Equals", "BeginsWith", ""}, true},
    {"KeyId", {"Equals", "BeginsWith", ""}, true},
    {"Label", {"Equals", "", ""}, true},
    {"Name", {"Equals", "BeginsWith", "Contains"}, false},
    {"Path", {"OneLevel", "Recursive", ""}, false},
    {"Tier", {"Equals", "", ""}, false},
    {"Type", {"Equals", "BeginsWith", ""}, true},
    {kTagPrefix, {"Equals", "", ""}, false},
};

const KeyRow* FindKey(std::string_view key) {
  const auto row = std::ranges::find_if(kKeys, [&](const KeyRow& candidate) {
    return candidate.key == kTagPrefix ? key.starts_with(kTagPrefix) : candidate.key == key;
  });
  return row == std::end(kKeys) ? nullptr : row;
}

Answer<Filter> ReadFilter(const json::Object& input, FilterUse use) {
  const std::string key(input.GetString("Key"));
  const KeyRow* row = FindKey(key);
  if (!row || (use == FilterUse::kByPath && !row->by_path)) {
    return ServiceError("InvalidFilterKey",
                        "The following filter key is not valid: " + key + ". Valid filter keys " +
                            (use == FilterUse::kByPath
                                 ? "include: [Type, KeyId, Label, DataType]."
                                 : "include: [Path, Name, Type, KeyId, Tier, DataType, Label, "
                                   "tag:<key>]."));
  }
  Filter filter{
      .key = key, .option = std::string(input.GetString("Option", row->options[0])), .values = {}};
  if (filter.option.empty() ||
      std::ranges::find(row->options, filter.option) == row->options.end()) {
    return ServiceError("InvalidFilterOption",
                        "The following filter option is not valid: " + filter.option +
                            ". The filter key " + key + " does not take it.");
  }
  for (const json::Value& value : input.GetArray("Values"))
    filter.values.push_back(value.AsString());
  if (filter.values.empty() && !key.starts_with(kTagPrefix)) {
    return ServiceError("InvalidFilterValue",
                        "The following filter values are missing : null for filter key " + key);
  }
  return filter;
}

// Whether `name` is below `path` ("/" holds also names without a slash).
bool IsBelow(std::string_view name, std::string_view path, bool recursive) {
  std::string folder(path);
  while (folder.ends_with('/')) folder.pop_back();
  if (!folder.empty() && !name.starts_with(folder + "/")) return false;
  const std::string_view rest =
      name.substr(folder.empty() && !name.starts_with('/') ? 0 : folder.size() + 1);
  return recursive || rest.find('/') == std::string_view::npos;
}

bool Fits(std::string_view text, const Filter& filter, const std::string& value) {
  if (filter.key == "Path") return IsBelow(text, value, filter.option == "Recursive");
  if (filter.option == "BeginsWith") return text.starts_with(value);
  if (filter.option == "Contains") return text.find(value) != std::string_view::npos;
  return text == value;
}

// What a filter looks at: most keys have one text, a label filter has those of the newest version.
std::vector<std::string> TextsOf(const json::Object& body, std::string_view key) {
  std::vector<std::string> texts;
  if (key.starts_with(kTagPrefix)) {
    for (const json::Value& tag : body.GetArray("Tags")) {
      if (tag.AsObject().GetString("Key") == key.substr(kTagPrefix.size())) {
        texts.emplace_back(tag.AsObject().GetString("Value"));
      }
    }
  } else if (key == "Label") {
    for (const json::Value& label : body.GetArray("Labels")) texts.push_back(label.AsString());
  } else if (const json::Value* value = body.Find(key == "Path" ? "Name" : key)) {
    texts.push_back(value->AsString());
  }
  return texts;
}

bool Passes(const json::Object& body, const Filter& filter) {
  const std::vector<std::string> texts = TextsOf(body, filter.key);
  if (filter.values.empty()) return !texts.empty();
  return std::ranges::any_of(texts, [&](const std::string& text) {
    return std::ranges::any_of(filter.values, [&](const std::string& value) {
      // A name filter with a leading slash finds the name without it too, and the other way round.
      if (filter.key == "Name" && filter.option != "Contains" && value.starts_with('/') &&
          !text.starts_with('/')) {
        return Fits("/" + text, filter, value);
      }
      return Fits(text, filter, value);
    });
  });
}

std::string Listing(std::string_view operation, const Filters& filters) {
  std::string text(operation);
  for (const Filter& filter : filters)
    text += "\n" + filter.key + "\n" + filter.option + "\n" + Join(filter.values, "\n");
  return text;
}

}  // namespace

Answer<Filters> ReadFilters(const json::Array& input, FilterUse use) {
  Filters filters;
  for (const json::Value& value : input) {
    TL_TRY(Filter filter, ReadFilter(value.AsObject(), use));
    const auto same = [&](const Filter& other) { return other.key == filter.key; };
    if (std::ranges::any_of(filters, same)) {
      return ServiceError("InvalidFilterKey", "The following filters are duplicated: " +
                                                  filter.key + ". A filter key can stand once.");
    }
    filters.push_back(std::move(filter));
  }
  return filters;
}

Answer<Matches> FindMatches(Context& context, const Filters& filters, std::string_view token,
                            std::int64_t limit, std::string_view operation) {
  const std::string listing = Listing(operation, filters);
  std::string after;
  if (!token.empty()) {
    std::optional<std::string> key = ReadListToken(listing, token);
    if (!key) return ServiceError("InvalidNextToken", "The specified token is not valid.");
    after = *std::move(key);
  }
  Matches matches;
  for (const Record* record : context.store.List(context.RegionScope(), kParameter)) {
    if (record->id <= after && !after.empty()) continue;
    if (!std::ranges::all_of(filters,
                             [&](const Filter& filter) { return Passes(record->body, filter); }))
      continue;
    if (matches.records.size() == static_cast<std::size_t>(limit)) {
      matches.next = MakeListToken(listing, matches.records.back()->id);
      break;
    }
    matches.records.push_back(record);
  }
  return matches;
}

}  // namespace trunkline::cloud::ssm
