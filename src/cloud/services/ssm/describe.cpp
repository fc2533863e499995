// DescribeParameters: what there is, without values.
#include "cloud/services/ssm/families.h"
#include "cloud/services/ssm/filters.h"
#include "cloud/services/ssm/parameter.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::int64_t kDefaultPage = 50;

json::Object ToMetadata(const Context& context, const Record& record) {
  json::Object metadata = record.body;
  metadata.Remove("Value");
  metadata.Remove("Tags");
  metadata.Remove("Labels");
  metadata.Set("ARN", ParameterArn(context, record.id));
  metadata.Set("Policies", json::Array());
  return metadata;
}

// `Filters` is the older form: the key with values, compared by their beginning for names.
json::Array WithOldFilters(const json::Object& input) {
  json::Array filters = input.GetArray("ParameterFilters");
  for (const json::Value& old : input.GetArray("Filters")) {
    json::Object filter = old.AsObject();
    filter.Set("Option", filter.GetString("Key") == "Name" ? "BeginsWith" : "Equals");
    filters.push_back(std::move(filter));
  }
  return filters;
}

Answer<> DescribeParameters(Context& context, const json::Object& input) {
  if (input.Has("Filters") && input.Has("ParameterFilters")) {
    return ServiceError("ValidationException",
                        "You can use either Filters or ParameterFilters in a single request.");
  }
  if (input.GetBool("Shared")) {
    return ServiceError(
        "ValidationException",
        "parameters shared by other accounts are not implemented by the embedded cloud");
  }
  TL_TRY(const Filters filters, ReadFilters(WithOldFilters(input), FilterUse::kDescribe));
  TL_TRY(const Matches matches,
         FindMatches(context, filters, input.GetString("NextToken"),
                     input.GetInt("MaxResults", kDefaultPage), "DescribeParameters"));

  json::Array parameters;
  for (const Record* record : matches.records) parameters.push_back(ToMetadata(context, *record));
  json::Object answer{{"Parameters", std::move(parameters)}};
  answer.SetIfNotEmpty("NextToken", matches.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeParameters", .handle = DescribeParameters},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDescribeOperations = kOperations;

}  // namespace trunkline::cloud::ssm
