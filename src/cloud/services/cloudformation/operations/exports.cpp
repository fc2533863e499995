// ListExports, ListImports.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

Answer<> ListExports(Context& context, const json::Object& input) {
  auto page = context.store.ListPage(context.RegionScope(), kExport, {}, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  json::Array exports;
  for (const Record* record : page->records) exports.emplace_back(record->body);
  json::Object answer{{"Exports", std::move(exports)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

Answer<> ListImports(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("ExportName");
  auto page = context.store.ListPage(context.RegionScope(), kImport, name, kPage,
                                     input.GetString("NextToken"));
  if (!page) return ValidationError("Invalid NextToken");
  if (page->records.empty())
    return ValidationError(fmt::format("Export '{}' is not imported by any stack.", name));
  json::Array imports;
  for (const Record* record : page->records) imports.emplace_back(record->name);
  json::Object answer{{"Imports", std::move(imports)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListExports", .handle = ListExports},
    {.name = "ListImports", .handle = ListImports},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kExportOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
