// ListImages and DescribeImages.
#include <fmt/format.h>

#include "cloud/list_page.h"
#include "cloud/services/ecr/families.h"
#include "cloud/services/ecr/repository.h"

namespace trunkline::cloud::ecr {
namespace {

constexpr std::int64_t kDefaultPage = 100;

bool IsWanted(const Record& image, const json::Object& input) {
  const std::string_view status = input.GetObject("filter").GetString("tagStatus", "ANY");
  const bool tagged = !image.body.GetArray("imageTags").empty();
  return status == "ANY" || (status == "TAGGED") == tagged;
}

Answer<ListPage> Page(json::Array items, const json::Object& input, std::string_view order) {
  const std::string listing = fmt::format("{} {}", input.GetString("repositoryName"),
                                          input.GetObject("filter").GetString("tagStatus"));
  auto page = TakePage(std::move(items),
                       {.name = listing,
                        .order = order,
                        .limit = static_cast<std::size_t>(input.GetInt("maxResults", kDefaultPage)),
                        .token = input.GetString("nextToken")});
  if (!page) return Invalid("nextToken' failed to satisfy constraint: 'Invalid token");
  return *std::move(page);
}

// An entry for each tag of an image, one for an image without.
Answer<> ListImages(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  json::Array ids;
  for (const Record* image : context.store.List(repository.scope, kImage, repository.Name())) {
    if (!IsWanted(*image, input)) continue;
    const std::string_view digest = image->body.GetString("imageDigest");
    for (const json::Value& tag : image->body.GetArray("imageTags")) {
      ids.push_back(json::Object{{"imageDigest", digest},
                                 {"imageTag", tag},
                                 {"Order", fmt::format("{} {}", digest, tag.AsString())}});
    }
    if (image->body.GetArray("imageTags").empty())
      ids.push_back(json::Object{{"imageDigest", digest}, {"Order", digest}});
  }
  TL_TRY(ListPage page, Page(std::move(ids), input, "Order"));
  json::Object answer{{"imageIds", std::move(page.items)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

json::Object Detail(const Repository& repository, const Record& image) {
  json::Object detail = image.body;
  detail.Set("registryId", repository.scope.account);
  detail.Set("repositoryName", repository.Name());
  if (image.body.GetArray("imageTags").empty()) detail.Remove("imageTags");
  return detail;
}

Answer<> DescribeImages(Context& context, const json::Object& input) {
  TL_TRY(const Repository repository, FindRepository(context, input));
  json::Array details;
  for (const json::Value& id : input.GetArray("imageIds")) {
    const Record* image = FindImage(context, repository, id.AsObject());
    if (!image) {
      return ServiceError(
          "ImageNotFoundException",
          fmt::format("The image with imageId {{imageDigest:'{}', imageTag:'{}'}} does not exist "
                      "within the repository with name '{}' in the registry with id '{}'",
                      id.AsObject().GetString("imageDigest", "null"),
                      id.AsObject().GetString("imageTag", "null"), repository.Name(),
                      repository.scope.account));
    }
    details.push_back(Detail(repository, *image));
  }
  if (input.Has("imageIds")) return json::Object{{"imageDetails", std::move(details)}};
  for (const Record* image : context.store.List(repository.scope, kImage, repository.Name())) {
    if (IsWanted(*image, input)) details.push_back(Detail(repository, *image));
  }
  TL_TRY(ListPage page, Page(std::move(details), input, "imageDigest"));
  json::Object answer{{"imageDetails", std::move(page.items)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeImages", .handle = DescribeImages},
    {.name = "ListImages", .handle = ListImages},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kImageListOperations = kOperations;

}  // namespace trunkline::cloud::ecr
