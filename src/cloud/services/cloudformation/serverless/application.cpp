// AWS::Serverless::Application: a nested stack. The Serverless Application Repository is not here.
#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Answer<std::vector<Resource>> Translate(Document& /*document*/, Source& source) {
  if (!Present(source.properties, "Location"))
    return InvalidResource(source.id, "Resource is missing the required [Location] property.");
  const json::Value& location = source.properties.At("Location");
  if (!location.IsString()) {
    const json::Object nothing;
    const json::Object& given = location.IsObject() ? location.AsObject() : nothing;
    if (!Present(given, "ApplicationId")) {
      return InvalidResource(source.id,
                             "Resource is missing the required [ApplicationId] property.");
    }
    return InvalidResource(
        source.id,
        fmt::format("Application with id {} could not be found: the embedded cloud has no "
                    "Serverless Application Repository; give the URL of a template in Amazon S3 as "
                    "Location.",
                    TextOf(given.At("ApplicationId"))));
  }
  Resource stack{.id = source.id,
                 .type = "AWS::CloudFormation::Stack",
                 .members = source.Inherited(),
                 .properties = {}};
  Copy(stack.members, "DependsOn", source.body);
  stack.properties.Set("TemplateURL", location);
  for (const std::string_view name : {"Parameters", "NotificationARNs", "TimeoutInMinutes"})
    Copy(stack.properties, name, source.properties);
  json::Array tags = TagList({{"lambda:createdBy", "SAM"}});
  for (json::Value& tag : TagList(source.properties.GetObject("Tags")))
    tags.push_back(std::move(tag));
  stack.properties.Set("Tags", std::move(tags));
  return std::vector<Resource>{std::move(stack)};
}

constexpr Rule kRules[] = {{"Location", "sm"},  {"TemplateUrl", "s"},
                           {"Parameters", "m"}, {"NotificationARNs", "a"},
                           {"Tags", "m"},       {"TimeoutInMinutes", "i"}};

}  // namespace

constinit const Kind kApplicationKind{.type = "AWS::Serverless::Application",
                                      .rules = kRules,
                                      .referable = {},
                                      .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
