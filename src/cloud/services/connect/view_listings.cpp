// Views of an instance, those that AWS manages among them.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "cloud/services/connect/view_parts.h"

namespace trunkline::cloud::connect {
namespace {

json::Value ViewSummary(const Record& view) {
  json::Object summary;
  CopyMembers(view.body, {"Id", "Arn", "Name", "Type", "Status", "Description"}, summary);
  return summary;
}

// By type, then by name (documented).
Answer<> ListViews(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view type = input.GetString("Type");
  std::vector<PageItem> items;
  const auto add = [&](const Record& view) {
    const std::string_view own = view.body.GetString("Type");
    if (!type.empty() && own != type) return;
    items.push_back(
        {.key = fmt::format("{}\n{}\n{}", own, view.name, view.id), .value = ViewSummary(view)});
  };
  for (const Record& view : ManagedViews(context)) add(view);
  for (const Record* view : context.store.List(context.RegionScope(), kView.kind, instance->id))
    add(*view);
  return PageOf(input, "ViewsSummaryList", std::move(items),
                {.listing = fmt::format("ListViews {} {}", instance->id, type)});
}

bool HasType(const Record& view, const json::Value& type) {
  return view.body.GetString("Type") == type.AsString();
}
bool HasStatus(const Record& view, const json::Value& status) {
  return view.body.GetString("Status") == status.AsString();
}

constexpr SearchLeaf kLeaves[] = {{"ViewTypeCondition", HasType},
                                  {"ViewStatusCondition", HasStatus}};

// Shows what is published, else the draft.
json::Value Shown(Context& context, const Record& view) {
  const Record* content = FindContent(context, kViewContent, view.id, kLatest);
  if (content == nullptr) content = FindContent(context, kViewContent, view.id, kSaved);
  return content == nullptr ? view.body : ShownView(view, content->body);
}

Answer<> SearchViews(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const auto managed = ManagedViews(context);
  auto views = context.store.List(context.RegionScope(), kView.kind, instance->id);
  for (const Record& view : managed) views.push_back(&view);
  std::ranges::sort(views, {}, [](const Record* view) { return std::tie(view->name, view->id); });
  return Search(context, input, *instance, views,
                {.operation = "SearchViews",
                 .output = "Views",
                 .fields = kCommonFields,
                 .leaves = kLeaves,
                 .passes = PassesAttributeFilter,
                 .to_value = Shown});
}

constexpr Operation kOperations[] = {
    {.name = "ListViews", .handle = ListViews},
    {.name = "SearchViews", .handle = SearchViews},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kViewListingOperations = kOperations;

}  // namespace trunkline::cloud::connect
