#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/view_parts.h"

namespace trunkline::cloud::connect {
namespace {

// What is published becomes a version, unless the highest one has the same content already.
Answer<> CreateViewVersion(Context& context, const json::Object& input) {
  TL_TRY(const ViewRequest request, FindView(context, input));
  const Record* latest = FindContent(context, kViewContent, request.view->id, kLatest);
  if (latest == nullptr) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("view '{}' is not published: there is nothing to make a "
                                    "version of",
                                    request.view->name));
  }
  const std::string_view hash = latest->body.GetString("ViewContentSha256");
  const std::string_view expected = input.GetString("ViewContentSha256");
  if (!expected.empty() && expected != hash) {
    return InvalidRequest(
        fmt::format("the content of view '{}' has another ViewContentSha256 than '{}'",
                    request.view->name, expected));
  }
  json::Object output;
  const auto versions = ListVersions(context, kViewContent, request.view->id);
  if (!versions.empty() && versions.back()->body.GetString("ViewContentSha256") == hash) {
    output.Set("View", ShownView(*request.view, versions.back()->body));
    return output;
  }
  json::Object body = latest->body;
  body.SetIfNotEmpty("VersionDescription", input.GetString("VersionDescription"));
  const std::int64_t version = AddVersion(context, kViewContent, request.view->id, body);
  body.Set("Version", version);
  output.Set("View", ShownView(*request.view, body));
  return output;
}

Answer<> DeleteViewVersion(Context& context, const json::Object& input) {
  TL_TRY(const ViewRequest request, FindView(context, input));
  const std::string version = std::to_string(input.GetInt("ViewVersion"));
  if (FindContent(context, kViewContent, request.view->id, version) == nullptr) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("view '{}' has no version {}", request.view->name, version));
  }
  DeleteContent(context, kViewContent, request.view->id, version);
  return json::Object();
}

PageItem VersionSummary(const json::Object& shown) {
  json::Object summary;
  CopyMembers(shown, {"Id", "Arn", "Description", "Name", "Type", "Version", "VersionDescription"},
              summary);
  return {.key = fmt::format("{:020}", shown.GetInt("Version")), .value = std::move(summary)};
}

Answer<> ListViewVersions(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("ViewId");
  std::vector<PageItem> items;
  if (const auto managed = FindManagedView(context, id); !managed.empty()) {
    TL_DO(FindActiveInstance(context, input));
    items.push_back(VersionSummary(managed.front().body));
  } else {
    TL_TRY(const ViewRequest request, FindView(context, input));
    for (const Record* version : ListVersions(context, kViewContent, request.view->id))
      items.push_back(VersionSummary(ShownView(*request.view, version->body)));
  }
  return PageOf(input, "ViewVersionSummaryList", std::move(items),
                {.listing = fmt::format("ListViewVersions {}", id)});
}

constexpr Operation kOperations[] = {
    {.name = "CreateViewVersion", .handle = CreateViewVersion},
    {.name = "DeleteViewVersion", .handle = DeleteViewVersion},
    {.name = "ListViewVersions", .handle = ListViewVersions},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kViewVersionOperations = kOperations;

}  // namespace trunkline::cloud::connect
