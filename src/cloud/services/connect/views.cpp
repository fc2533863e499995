#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/view_parts.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kPublished = "PUBLISHED";

// A draft is kept as $SAVED; what is published is $LATEST, too.
void KeepContent(Context& context, Record& view, const json::Object& content) {
  PutContent(context, kViewContent, view.id, kSaved, content);
  view.body.Set("LastModifiedTime", Now(context));
  if (content.GetString("Status") != kPublished) return;
  PutContent(context, kViewContent, view.id, kLatest, content);
  view.body.Set("Status", kPublished);
}

Answer<> CreateView(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "CreateView", input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view status = input.GetString("Status");
  TL_TRY(const json::Object content, ReadViewContent(input.GetObject("Content"), status));
  TL_TRY(Record view, NewResource(context, *instance, kView, input.GetString("Name"), input));
  view.body.Set("Type", kCustomerManaged);
  view.body.Set("Status", status);
  view.body.Set("CreatedTime", Now(context));
  KeepContent(context, view, content);
  json::Object output;
  output.Set("View", ShownView(view, content));
  context.store.Put(context.RegionScope(), kView.kind, std::move(view));
  RememberAnswer(context, "CreateView", input, output);
  return output;
}

Answer<> DeleteView(Context& context, const json::Object& input) {
  TL_TRY(const ViewRequest request, FindView(context, input));
  const std::string id = request.view->id;
  DeleteContents(context, kViewContent, id);
  context.store.Delete(context.RegionScope(), kView.kind, id);
  return json::Object();
}

// What is published, unless a qualifier says otherwise.
Answer<> DescribeView(Context& context, const json::Object& input) {
  json::Object output;
  const auto managed = FindManagedView(context, input.GetString("ViewId"));
  if (!managed.empty()) {
    TL_DO(FindActiveInstance(context, input));
    output.Set("View", managed.front().body);
    return output;
  }
  TL_TRY(const ViewRequest request, FindView(context, input));
  const std::string qualifier =
      request.qualifier.empty() ? std::string(kLatest) : request.qualifier;
  const Record* content = FindContent(context, kViewContent, request.view->id, qualifier);
  if (content == nullptr) {
    return ServiceError(
        "ResourceNotFoundException",
        qualifier == kLatest
            ? fmt::format("view '{}' is not published: its draft is {}:{}", request.view->name,
                          request.view->id, kSaved)
            : fmt::format("view '{}' has no version '{}'", request.view->name, qualifier));
  }
  output.Set("View", ShownView(*request.view, content->body));
  return output;
}

Answer<> UpdateViewContent(Context& context, const json::Object& input) {
  TL_TRY(const ViewRequest request, FindView(context, input));
  TL_TRY(const json::Object content,
         ReadViewContent(input.GetObject("Content"), input.GetString("Status")));
  Record view = *request.view;
  KeepContent(context, view, content);
  json::Object output;
  output.Set("View", ShownView(view, content));
  context.store.Put(context.RegionScope(), kView.kind, std::move(view));
  return output;
}

Answer<> UpdateViewMetadata(Context& context, const json::Object& input) {
  TL_TRY(const ViewRequest request, FindView(context, input));
  Record view = *request.view;
  TL_DO(Rename(context, kView, input, view));
  context.store.Put(context.RegionScope(), kView.kind, std::move(view));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateView", .handle = CreateView},
    {.name = "DeleteView", .handle = DeleteView},
    {.name = "DescribeView", .handle = DescribeView},
    {.name = "UpdateViewContent", .handle = UpdateViewContent},
    {.name = "UpdateViewMetadata", .handle = UpdateViewMetadata},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<ViewRequest> FindView(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view text = input.GetString("ViewId");
  if (!FindManagedView(context, text).empty()) {
    return InvalidRequest(fmt::format("the view '{}' is managed by AWS: it stays as it is", text));
  }
  const QualifiedId name = SplitQualifier(text);
  TL_TRY(const Record* view, FindResource(context, *instance, kView, name.id));
  return ViewRequest{.view = view, .qualifier = std::string(name.qualifier)};
}

extern constinit const Family kViewOperations = kOperations;

}  // namespace trunkline::cloud::connect
