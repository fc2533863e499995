#include "stacks/tooling.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

void AddParameters(Template& stack, const ToolingView& view) {
  stack.Add({.name = "CodeBucket",
             .description = "The bucket with the program, in this Region: output BucketName of "
                            "amzconnect-artifacts."});
  stack.Add({.name = "CodeKey",
             .description = "The program's key there: trunkline/<sha256>/trunkline.zip, which "
                            "holds 'bootstrap'."});
  for (const std::string& region : view.regions) {
    stack.Add({.name = KeyParameter(region),
               .description = fmt::format("Output KeyArn of amzconnect-artifacts in {}.", region)});
  }
}

void AddExternalIds(Template& stack, const ToolingView& view) {
  for (const center::Environment* environment : view.environments) {
    stack.AddOutput(LogicalId({"ExternalId", *environment->name}),
                    fmt::format("Parameter pExternalId of {}.", RolesStack(*environment->name)),
                    ExternalId(view.tooling, *environment->name));
  }
}

}  // namespace

bool ToolingView::NeedsApproval(const center::Environment& environment) const {
  return std::ranges::any_of(center.settings.approvals,
                             [&](const center::Text& name) { return *name == *environment.name; });
}

ToolingView MakeToolingView(const center::Center& center) {
  ToolingView view{.center = center,
                   .tooling = *center.tooling,
                   .environments = {},
                   .projects = {},
                   .regions = {*center.tooling->region}};
  for (const std::string& project : center.projects) {
    if (project != "devops-pipelines") view.projects.push_back(project);
  }
  for (const center::Environment& environment : center.environments) {
    if (!environment.enabled) continue;
    view.environments.push_back(&environment);
    for (const center::Text& region : environment.regions) {
      if (std::ranges::find(view.regions, *region) == view.regions.end())
        view.regions.push_back(*region);
    }
  }
  return view;
}

bool HasConnection(const center::Tooling& tooling) {
  const std::vector<std::string_view> parts = Split(*tooling.codestar_arn, ':');
  if (parts.size() < 6 || parts[4] != *tooling.account) return false;
  const std::string_view id = parts[5].substr(parts[5].find('/') + 1);
  return id.find_first_not_of("0Xx-") != std::string_view::npos;
}

json::Value ConnectionArn(const ToolingView& view) {
  if (HasConnection(view.tooling)) return *view.tooling.codestar_arn;
  return Ref("Connection");
}

json::Object KeyOf(std::string_view region) {
  return Ref(KeyParameter(region));
}

json::Object ToolingBoundary() {
  return Ref("Boundary");
}

json::Array ReadArtifactStatements(const ToolingView& view) {
  const std::string bucket =
      fmt::format("s3:::{}", ArtifactBucket(*view.tooling.account, *view.tooling.region));
  return List(
      {Allow("UseArtifacts",
             {"s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion",
              "s3:ListBucket"},
             List({Arn(bucket), Arn(bucket + "/*")})),
       Allow("UseArtifactKeys", {"kms:Decrypt", "kms:DescribeKey"}, KeyOf(*view.tooling.region))});
}

json::Array ArtifactStatements(const ToolingView& view, const std::vector<std::string>& regions) {
  json::Array places;
  json::Array keys;
  for (const std::string& region : regions) {
    const std::string bucket =
        fmt::format("s3:::{}", ArtifactBucket(*view.tooling.account, region));
    places.emplace_back(Arn(bucket));
    places.emplace_back(Arn(bucket + "/*"));
    keys.emplace_back(KeyOf(region));
  }
  return List({Allow("UseArtifacts",
                     {"s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning",
                      "s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion",
                      "s3:GetObjectVersionTagging", "s3:ListBucket", "s3:PutObject"},
                     std::move(places)),
               Allow("UseArtifactKeys",
                     {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*",
                      "kms:ReEncrypt*"},
                     std::move(keys))});
}

void AddConnection(Template& stack, const ToolingView& view) {
  if (!HasConnection(view.tooling)) {
    json::Object properties{{"ConnectionName", "amzconnect"}, {"ProviderType", "GitHub"}};
    stack.Add("Connection", {.type = "AWS::CodeConnections::Connection",
                             .properties = std::move(properties),
                             .retain = true});
  }
  stack.AddOutput("ConnectionArn",
                  "The connection to GitHub. A new one waits for a person: finish it in the "
                  "console, 'Developer Tools', 'Connections'.",
                  ConnectionArn(view));
}

Template MakeTooling(const center::Center& center) {
  const ToolingView view = MakeToolingView(center);
  Template stack("Trunkline: the pipelines of an Amazon Connect center and what starts them.");
  AddParameters(stack, view);
  AddOwnRoles(stack);
  AddConnection(stack, view);
  AddNotices(stack, view);
  AddWebhookParameters(stack);
  if (!view.Triggers()) AddWebhook(stack, view);
  AddBuilds(stack, view);
  AddPipelines(stack, view);
  AddExternalIds(stack, view);
  return stack;
}

}  // namespace trunkline::stacks
