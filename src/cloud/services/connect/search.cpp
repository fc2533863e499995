#include "cloud/services/connect/search.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::connect {
namespace {

std::string FieldNames(const SearchKind& kind) {
  std::vector<std::string> names;
  for (const SearchField& field : kind.fields) names.emplace_back(field.name);
  return Join(names, ", ");
}

const SearchField* FindField(const SearchKind& kind, std::string_view name) {
  const auto same = [&](const SearchField& field) { return EqualsIgnoreCase(field.name, name); };
  const auto field = std::ranges::find_if(kind.fields, same);
  return field == kind.fields.end() ? nullptr : &*field;
}

Answer<void> CheckStringCondition(const SearchKind& kind, const json::Object& condition) {
  for (const std::string_view member : {"FieldName", "Value", "ComparisonType"}) {
    if (!condition.Has(member)) {
      return InvalidParameter(fmt::format("a StringCondition needs a {}", member));
    }
  }
  if (FindField(kind, condition.GetString("FieldName")) != nullptr) return {};
  return InvalidParameter(fmt::format("{} has no field '{}' to search by: expected one of {}",
                                      kind.operation, condition.GetString("FieldName"),
                                      FieldNames(kind)));
}

// Before anything is compared, so that a wrong criteria is refused even where nothing is stored.
Answer<void> CheckCriteria(const SearchKind& kind, const json::Object& criteria) {
  for (const json::Member& part : criteria) {
    if (part.key == "OrConditions" || part.key == "AndConditions") {
      for (const json::Value& inner : part.value.AsArray()) {
        TL_DO(CheckCriteria(kind, inner.AsObject()));
      }
    } else if (part.key == "StringCondition") {
      TL_DO(CheckStringCondition(kind, part.value.AsObject()));
    } else if (std::ranges::find(kind.leaves, part.key, &SearchLeaf::name) == kind.leaves.end()) {
      return InvalidParameter(
          fmt::format("the embedded cloud does not implement {} in {}", part.key, kind.operation));
    }
  }
  return {};
}

bool MatchesString(const SearchKind& kind, const Record& record, const json::Object& condition) {
  const SearchField* field = FindField(kind, condition.GetString("FieldName"));
  return std::ranges::any_of(field->texts(record), [&](const std::string& text) {
    return MatchesText(text, condition.GetString("Value"), condition.GetString("ComparisonType"));
  });
}

bool MatchesPart(const SearchKind& kind, const Record& record, const json::Member& part);

bool Matches(const SearchKind& kind, const Record& record, const json::Object& criteria) {
  return std::ranges::all_of(
      criteria, [&](const json::Member& part) { return MatchesPart(kind, record, part); });
}

bool MatchesPart(const SearchKind& kind, const Record& record, const json::Member& part) {
  const auto inner = [&](const json::Value& criteria) {
    return Matches(kind, record, criteria.AsObject());
  };
  if (part.key == "OrConditions") return std::ranges::any_of(part.value.AsArray(), inner);
  if (part.key == "AndConditions") return std::ranges::all_of(part.value.AsArray(), inner);
  if (part.key == "StringCondition") return MatchesString(kind, record, part.value.AsObject());
  return std::ranges::find(kind.leaves, part.key, &SearchLeaf::name)->matches(record, part.value);
}

bool Passes(const SearchKind& kind, const Record& record, const json::Object& filter) {
  if (const json::Value* tags = filter.Find("TagFilter")) {
    if (!PassesTagFilter(record.body.GetObject("Tags"), tags->AsObject())) return false;
  }
  return kind.passes == nullptr || kind.passes(record, filter);
}

json::Value Body(Context&, const Record& record) {
  return record.body;
}

std::string ListingOf(const SearchKind& kind, const Record& instance, const json::Object& input) {
  return fmt::format("{} {} {} {}", kind.operation, instance.id,
                     json::WriteSorted(input.GetObject("SearchCriteria")),
                     json::WriteSorted(input.GetObject("SearchFilter")));
}

}  // namespace

std::vector<std::string> SearchName(const Record& record) {
  return {record.name};
}

std::vector<std::string> SearchDescription(const Record& record) {
  return {std::string(record.body.GetString("Description"))};
}

std::vector<std::string> SearchId(const Record& record) {
  return {record.id};
}

bool MatchesText(std::string_view text, std::string_view value, std::string_view comparison) {
  const std::string in = ToLower(text);
  const std::string what = ToLower(value);
  if (comparison == "STARTS_WITH") return in.starts_with(what);
  if (comparison == "CONTAINS") return in.find(what) != std::string::npos;
  return in == what;
}

bool HasTag(const json::Object& tags, const json::Object& condition) {
  const json::Value* value = tags.Find(condition.GetString("TagKey"));
  if (value == nullptr) return false;
  return !condition.Has("TagValue") || condition.GetString("TagValue") == value->AsString();
}

bool PassesTagFilter(const json::Object& tags, const json::Object& filter) {
  const auto has = [&](const json::Value& condition) { return HasTag(tags, condition.AsObject()); };
  const auto has_all = [&](const json::Value& list) {
    return std::ranges::all_of(list.AsArray(), has);
  };
  if (filter.Has("OrConditions") &&
      !std::ranges::any_of(filter.GetArray("OrConditions"), has_all)) {
    return false;
  }
  if (!std::ranges::all_of(filter.GetArray("AndConditions"), has)) return false;
  return !filter.Has("TagCondition") || HasTag(tags, filter.GetObject("TagCondition"));
}

bool PassesTagConditions(const Record& record, const json::Object& conditions) {
  const json::Object& tags = record.body.GetObject("Tags");
  const auto has = [&](const json::Value& condition) { return HasTag(tags, condition.AsObject()); };
  if (!std::ranges::all_of(conditions.GetArray("TagConditions"), has)) return false;
  return !conditions.Has("TagCondition") || HasTag(tags, conditions.GetObject("TagCondition"));
}

bool PassesFilter(const Record& record, const json::Object& filter,
                  bool (*part)(const Record& record, const json::Object& conditions)) {
  if (!part(record, filter) || !part(record, filter.GetObject("AndCondition"))) return false;
  const json::Array& any = filter.GetArray("OrConditions");
  return any.empty() || std::ranges::any_of(any, [&](const json::Value& conditions) {
           return part(record, conditions.AsObject());
         });
}

bool PassesAttributeFilter(const Record& record, const json::Object& search_filter) {
  return PassesFilter(record, search_filter.GetObject("AttributeFilter"), PassesTagConditions);
}

Answer<> Search(Context& context, const json::Object& input, const Record& instance,
                const std::vector<const Record*>& records, const SearchKind& kind) {
  const json::Object& criteria = input.GetObject("SearchCriteria");
  const json::Object& filter = input.GetObject("SearchFilter");
  TL_DO(CheckCriteria(kind, criteria));

  std::vector<const Record*> found;
  for (const Record* record : records) {
    if (Passes(kind, *record, filter) && Matches(kind, *record, criteria)) found.push_back(record);
  }
  TL_TRY(json::Object output,
         PageOf(context, input, kind.output, found, kind.to_value != nullptr ? kind.to_value : Body,
                {.listing = ListingOf(kind, instance, input)}));
  output.Set("ApproximateTotalCount", found.size());
  return output;
}

Answer<> Search(Context& context, const json::Object& input, const ResourceKind& resources,
                const SearchKind& kind) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return Search(context, input, *instance,
                context.store.List(context.RegionScope(), resources.kind, instance->id), kind);
}

}  // namespace trunkline::cloud::connect
