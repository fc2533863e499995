// Resource policies of projects and report groups, by which other accounts see them.
#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/report_records.h"

namespace trunkline::cloud::codebuild {
namespace {

Answer<> PutResourcePolicy(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("resourceArn"));
  const std::string policy(input.GetString("policy"));
  const bool project = arn.find(":project/") != std::string::npos && FindProject(context, arn);
  if (!project && !FindReportGroup(context, arn))
    return NotFound(fmt::format("Resource does not exist: {}", arn));
  const auto document = json::Parse(policy);
  if (!document || !document->IsObject() || !document->AsObject().Has("Statement"))
    return InvalidInput("Invalid policy: expected a JSON document with statements");
  context.store.Put(context.RegionScope(), kPolicy,
                    {.id = arn, .parent = {}, .name = arn, .body = {{"policy", policy}}});
  return json::Object{{"resourceArn", arn}};
}

Answer<> GetResourcePolicy(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("resourceArn");
  const Record* record = context.store.Find(context.RegionScope(), kPolicy, arn);
  if (!record) return NotFound(fmt::format("Resource ARN does not have a policy: {}", arn));
  return record->body;
}

Answer<> DeleteResourcePolicy(Context& context, const json::Object& input) {
  context.store.Delete(context.RegionScope(), kPolicy, input.GetString("resourceArn"));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteResourcePolicy", .handle = DeleteResourcePolicy},
    {.name = "GetResourcePolicy", .handle = GetResourcePolicy},
    {.name = "PutResourcePolicy", .handle = PutResourcePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
