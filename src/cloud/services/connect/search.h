// Search operations: SearchCriteria trees, tag filters, and the page they answer with.
//
// A criteria object may hold OrConditions, AndConditions and leaves; all parts it has must match.
// Texts are compared without regard to ASCII case. A leaf or field that a search does not know is
// refused by name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {

// A field that StringCondition may name: any of its texts may match.
struct SearchField {
  std::string_view name;
  std::vector<std::string> (*texts)(const Record& record);
};

// A leaf beside StringCondition, such as TypeCondition.
struct SearchLeaf {
  std::string_view name;
  bool (*matches)(const Record& record, const json::Value& condition);
};

struct SearchKind {
  std::string_view operation;
  std::string_view output;  // the member that holds what was found
  std::span<const SearchField> fields;
  std::span<const SearchLeaf> leaves = {};
  // Filters beside TagFilter; nullptr: none. Answers whether the record passes.
  bool (*passes)(const Record& record, const json::Object& search_filter) = nullptr;
  ToValue to_value = nullptr;  // nullptr: the record's body
};

// Searches among `records`, which are in order of name.
Answer<> Search(Context& context, const json::Object& input, const Record& instance,
                const std::vector<const Record*>& records, const SearchKind& kind);
// The same among all resources of a kind of the instance the input names.
Answer<> Search(Context& context, const json::Object& input, const ResourceKind& resources,
                const SearchKind& kind);

// name, description and resourceID: what nearly every search knows.
std::vector<std::string> SearchName(const Record& record);
std::vector<std::string> SearchDescription(const Record& record);
std::vector<std::string> SearchId(const Record& record);
inline constexpr SearchField kCommonFields[] = {
    {"name", SearchName}, {"description", SearchDescription}, {"resourceID", SearchId}};

// STARTS_WITH, CONTAINS, EXACT; case ignored. An unknown comparison is EXACT: the model has refused
// it before.
bool MatchesText(std::string_view text, std::string_view value, std::string_view comparison);
// ControlPlaneTagFilter {OrConditions: [[TagCondition]], AndConditions: [TagCondition],
// TagCondition}.
bool PassesTagFilter(const json::Object& tags, const json::Object& filter);
// ControlPlaneAttributeFilter as AttributeFilter: {OrConditions: [{TagConditions}], AndCondition:
// {TagConditions}, TagCondition}. For SearchKind::passes.
bool PassesAttributeFilter(const Record& record, const json::Object& search_filter);
// A filter of that form whose parts may hold other conditions, too: `part` answers whether the
// record passes one part, or what stands in the filter itself.
bool PassesFilter(const Record& record, const json::Object& filter,
                  bool (*part)(const Record& record, const json::Object& conditions));
// The tag conditions of a part: TagConditions, all of them, and TagCondition.
bool PassesTagConditions(const Record& record, const json::Object& conditions);
// TagCondition {TagKey, TagValue}: without a value any will do.
bool HasTag(const json::Object& tags, const json::Object& condition);

}  // namespace trunkline::cloud::connect
