// GetParameter and the other ways to read values.
#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/ssm/families.h"
#include "cloud/services/ssm/filters.h"
#include "cloud/services/ssm/parameter.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::int64_t kDefaultPathPage = 10;
constexpr std::int64_t kDefaultHistoryPage = 50;

// The parameter that is asked for, with the selector and, if an ARN was asked for, the ARN as the
// caller knows it.
Answer<> ReadParameter(Context& context, std::string_view asked, bool decrypt) {
  const Reference reference = ReadReference(asked);
  TL_TRY(const json::Object body, FindVersion(context, reference));
  TL_TRY(json::Object parameter, ToParameter(context, body, decrypt));
  parameter.SetIfNotEmpty("Selector", reference.selector);
  return parameter;
}

Answer<> GetParameter(Context& context, const json::Object& input) {
  TL_TRY(json::Object parameter,
         ReadParameter(context, input.GetString("Name"), input.GetBool("WithDecryption")));
  return json::Object{{"Parameter", std::move(parameter)}};
}

Answer<> GetParameters(Context& context, const json::Object& input) {
  json::Array parameters;
  json::Array invalid;
  for (const json::Value& name : input.GetArray("Names")) {
    Answer<> parameter = ReadParameter(context, name.AsString(), input.GetBool("WithDecryption"));
    if (parameter) {
      parameters.push_back(*std::move(parameter));
    } else if (parameter.error().code == "InternalServerError") {
      return std::move(parameter).error();
    } else {
      invalid.push_back(name);
    }
  }
  return json::Object{{"Parameters", std::move(parameters)},
                      {"InvalidParameters", std::move(invalid)}};
}

Answer<> GetParametersByPath(Context& context, const json::Object& input) {
  const std::string path(input.GetString("Path"));
  if (!path.starts_with('/')) {
    return ServiceError(
        "ValidationException",
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin "
        "with a forward slash \"/\", but the path is '" +
            path + "'.");
  }
  TL_TRY(Filters filters, ReadFilters(input.GetArray("ParameterFilters"), FilterUse::kByPath));
  filters.push_back({.key = "Path",
                     .option = input.GetBool("Recursive") ? "Recursive" : "OneLevel",
                     .values = {path}});
  TL_TRY(const Matches matches,
         FindMatches(context, filters, input.GetString("NextToken"),
                     input.GetInt("MaxResults", kDefaultPathPage), "GetParametersByPath"));

  json::Object answer;
  json::Array parameters;
  for (const Record* record : matches.records) {
    TL_TRY(json::Object parameter,
           ToParameter(context, record->body, input.GetBool("WithDecryption")));
    parameters.push_back(std::move(parameter));
  }
  answer.Set("Parameters", std::move(parameters));
  answer.SetIfNotEmpty("NextToken", matches.next);
  return answer;
}

Answer<> ToHistory(Context& context, const json::Object& body, bool decrypt) {
  json::Object entry = body;
  TL_TRY(std::string value, ShowValue(context, body, decrypt));
  entry.Set("Value", std::move(value));
  if (!entry.Has("Labels")) entry.Set("Labels", json::Array());
  entry.Set("Policies", json::Array());
  return entry;
}

Answer<> GetParameterHistory(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  const Record* parameter = FindParameter(context, name);
  if (!parameter) return ServiceError("ParameterNotFound", "Parameter " + name + " not found.");
  const Result<RecordPage> page = context.store.ListPage(
      context.RegionScope(), kVersion, parameter->id,
      static_cast<std::size_t>(input.GetInt("MaxResults", kDefaultHistoryPage)),
      input.GetString("NextToken"));
  if (!page) return ServiceError("InvalidNextToken", "The specified token is not valid.");

  json::Array parameters;
  for (const Record* version : page->records) {
    TL_TRY(json::Object entry, ToHistory(context, version->body, input.GetBool("WithDecryption")));
    parameters.push_back(std::move(entry));
  }
  json::Object answer{{"Parameters", std::move(parameters)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetParameter", .handle = GetParameter},
    {.name = "GetParameterHistory", .handle = GetParameterHistory},
    {.name = "GetParameters", .handle = GetParameters},
    {.name = "GetParametersByPath", .handle = GetParametersByPath},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReadOperations = kOperations;

}  // namespace trunkline::cloud::ssm
