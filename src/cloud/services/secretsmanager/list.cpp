// ListSecrets, and the filters it shares with BatchGetSecretValue.
#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/filters.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

bool StartsWith(std::string_view text, std::string_view start, bool ignore_case) {
  if (!ignore_case) return text.starts_with(start);
  return ToLower(text).starts_with(ToLower(start));
}

bool AnyTag(const json::Object& body, std::string_view member, std::string_view start) {
  const json::Array& tags = body.GetArray("Tags");
  return std::ranges::any_of(tags, [&](const json::Value& tag) {
    return StartsWith(tag.AsObject().GetString(member), start, false);
  });
}

// "all" looks at every text, without case.
bool Anywhere(const json::Object& body, std::string_view word) {
  const std::string lower = ToLower(word);
  const auto holds = [&](std::string_view text) {
    return ToLower(text).find(lower) != std::string::npos;
  };
  if (holds(body.GetString("Name")) || holds(body.GetString("Description"))) return true;
  const json::Array& tags = body.GetArray("Tags");
  return std::ranges::any_of(tags, [&](const json::Value& tag) {
    return holds(tag.AsObject().GetString("Key")) || holds(tag.AsObject().GetString("Value"));
  });
}

bool Fits(const json::Object& body, std::string_view key, std::string_view value) {
  if (key == "name") return StartsWith(body.GetString("Name"), value, false);
  if (key == "tag-key") return AnyTag(body, "Key", value);
  if (key == "tag-value") return AnyTag(body, "Value", value);
  if (key == "description") {
    const auto words = Split(body.GetString("Description"), ' ');
    return StartsWith(body.GetString("Description"), value, true) ||
           std::ranges::any_of(
               words, [&](std::string_view word) { return StartsWith(word, value, true); });
  }
  if (key == "primary-region") return StartsWith(body.GetString("PrimaryRegion"), value, false);
  if (key == "owning-service") return StartsWith(body.GetString("OwningService"), value, false);
  return Anywhere(body, value);
}

// One of the values must fit; "!value" must not.
bool Passes(const json::Object& body, const json::Object& filter) {
  const json::Array& values = filter.GetArray("Values");
  return std::ranges::any_of(values, [&](const json::Value& value) {
    std::string_view text = value.AsString();
    const bool negated = text.starts_with('!');
    if (negated) text.remove_prefix(1);
    return Fits(body, filter.GetString("Key"), text) != negated;
  });
}

std::vector<const Record*> Matching(Context& context, const json::Object& input) {
  std::vector<const Record*> found = context.store.List(context.RegionScope(), kSecret);
  std::erase_if(found, [&](const Record* secret) {
    if (secret->body.Has("DeletedDate") && !input.GetBool("IncludePlannedDeletion")) return true;
    const json::Array& filters = input.GetArray("Filters");
    return !std::ranges::all_of(filters, [&](const json::Value& filter) {
      return Passes(secret->body, filter.AsObject());
    });
  });
  return found;
}

// Sorted as asked for; the default is by creation, the newest first.
void Sort(std::vector<const Record*>& found, const json::Object& input) {
  const std::string_view by = input.GetString("SortBy", "created-date");
  const std::string_view member = by == "last-changed-date"    ? "LastChangedDate"
                                  : by == "last-accessed-date" ? "LastAccessedDate"
                                                               : "CreatedDate";
  if (by == "name") {
    std::ranges::stable_sort(found, {}, [](const Record* one) { return one->name; });
  } else {
    std::ranges::stable_sort(found, {},
                             [&](const Record* one) { return one->body.GetDouble(member); });
  }
  const std::string_view order = input.GetString("SortOrder", by == "name" ? "asc" : "desc");
  if (order == "desc") std::ranges::reverse(found);
}

Answer<> ListSecrets(Context& context, const json::Object& input) {
  constexpr std::int64_t kDefaultPage = 100;
  TL_TRY(const ListPage page, ListSecretNames(context, input, kDefaultPage));
  json::Array secrets;
  for (const json::Value& name : page.items) {
    const Secret secret{
        .scope = context.RegionScope(),
        .record = *context.store.Find(context.RegionScope(), kSecret, name.AsString())};
    json::Object entry = secret.record.body;
    entry.Set("SecretVersionsToStages", VersionsToStages(context, secret));
    secrets.push_back(std::move(entry));
  }
  json::Object answer{{"SecretList", std::move(secrets)}};
  answer.SetIfNotEmpty("NextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListSecrets", .handle = ListSecrets},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<ListPage> ListSecretNames(Context& context, const json::Object& input,
                                 std::int64_t default_page) {
  std::vector<const Record*> found = Matching(context, input);
  Sort(found, input);
  // The order is not that of a text, so a page begins behind the numbered place of the last item.
  json::Array places;
  for (std::size_t i = 0; i < found.size(); ++i) {
    places.push_back(json::Object{{"Place", fmt::format("{:08}", i)}, {"Name", found[i]->name}});
  }
  const std::string listing = json::WriteSorted(input.GetArray("Filters")) +
                              std::string(input.GetString("SortBy")) +
                              std::string(input.GetString("SortOrder"));
  auto page = TakePage(std::move(places),
                       {.name = listing,
                        .order = "Place",
                        .limit = static_cast<std::size_t>(input.GetInt("MaxResults", default_page)),
                        .token = input.GetString("NextToken")});
  if (!page) return ServiceError("InvalidNextTokenException", "The NextToken value is invalid.");
  for (json::Value& item : page->items) {
    std::string name(item.AsObject().GetString("Name"));
    item = std::move(name);
  }
  return *std::move(page);
}

constinit const Family kListOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
