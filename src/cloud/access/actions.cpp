#include "cloud/access/actions.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/access/condition.h"
#include "cloud/access/tables.h"

namespace trunkline::cloud::access {
namespace {

// Members that name the resource of an operation by its ARN, in the order they are tried.
constexpr std::array<std::string_view, 8> kArnMembers = {
    "ResourceArn",  "resourceArn", "ResourceARN", "stateMachineArn",
    "executionArn", "arn",         "TopicArn",    "ConnectionArn"};

const ServiceActions* FindService(std::string_view service) {
  for (const auto& group : {kDataActions, kDeliveryActions, kCenterActions}) {
    const auto found = std::find_if(group.begin(), group.end(), [&](const ServiceActions& row) {
      return row.service == service;
    });
    if (found != group.end()) return &*found;
  }
  return nullptr;
}

using Texts = std::vector<std::string>;

// The texts at a path of members: several where there are lists.
Texts TextsAt(const json::Object& input, std::string_view path) {
  const std::size_t dot = path.find('.');
  const json::Value* value = input.Find(path.substr(0, dot));
  if (!value) return {};
  if (dot == std::string_view::npos) return PolicyTexts(value);
  const std::string_view rest = path.substr(dot + 1);
  if (value->IsObject()) return TextsAt(value->AsObject(), rest);
  Texts texts;
  if (!value->IsArray()) return texts;
  for (const json::Value& item : value->AsArray()) {
    if (!item.IsObject()) continue;
    for (std::string& text : TextsAt(item.AsObject(), rest)) texts.push_back(std::move(text));
  }
  return texts;
}

Texts TextsOf(const Asked& asked, std::string_view name) {
  if (name == "account") return {std::string(asked.account)};
  if (name == "region") return {std::string(asked.region)};
  if (name == "caller") return {std::string(asked.caller)};
  return asked.names.Has(name) ? TextsAt(asked.names, name) : TextsAt(asked.input, name);
}

// Each of `heads` followed by each of `values`; a value that is an ARN stands for itself.
Texts Followed(const Texts& heads, const Texts& values) {
  Texts followed;
  for (const std::string& value : values) {
    if (value.starts_with("arn:")) {
      followed.push_back(value);
      continue;
    }
    for (const std::string& head : heads) followed.push_back(head + value);
  }
  return followed;
}

// None: a member is not there.
Texts Fill(std::string_view form, const Asked& asked) {
  Texts filled{""};
  for (std::size_t at = 0; at < form.size() && !filled.empty();) {
    const std::size_t begin = std::min(form.find('{', at), form.size());
    filled = Followed(filled, {std::string(form.substr(at, begin - at))});
    if (begin == form.size()) break;
    const std::size_t end = form.find('}', begin);
    const std::string_view name = form.substr(begin + 1, end - begin - 1);
    at = end + 1;
    filled = Followed(filled, TextsOf(asked, name));
  }
  return filled;
}

Texts MakeResources(std::string_view forms, const Asked& asked) {
  for (const std::string_view form : Split(forms, '|')) {
    Texts filled = Fill(form, asked);
    if (!filled.empty()) return filled;
  }
  return {"*"};
}

std::string PlainResource(const json::Object& input) {
  for (const std::string_view member : kArnMembers) {
    const std::string_view arn = input.GetString(member);
    if (arn.starts_with("arn:")) return std::string(arn);
  }
  return "*";
}

bool Applies(const ActionRow& row, const Asked& asked) {
  if (row.when.empty()) return true;
  const bool absent = row.when.starts_with('!');
  const std::string_view member = row.when.substr(absent ? 1 : 0);
  return (asked.names.Has(member) || asked.input.Has(member)) != absent;
}

// "apigateway:GET" on "arn:aws:apigateway:us-east-1::/restapis/a1b2c3".
std::vector<Needed> NeededOfApi(const Asked& asked) {
  Needed needed{.action = fmt::format("apigateway:{}", asked.method), .resource = "*"};
  if (!asked.path.empty()) {
    // ARNs know no version of the API: /v2/apis is /apis there.
    std::string_view path = asked.path;
    if (path.starts_with("/v2/")) path.remove_prefix(3);
    needed.resource = fmt::format("arn:aws:apigateway:{}::{}", asked.region, path);
  }
  return {std::move(needed)};
}

// IAM's prefix is the signing name but for these.
std::string_view PrefixOf(std::string_view signing) {
  return signing == "monitoring" ? "cloudwatch" : signing;
}

}  // namespace

std::string TextAt(const json::Object& input, std::string_view path) {
  const Texts texts = TextsAt(input, path);
  return texts.empty() ? std::string() : texts.front();
}

std::vector<Needed> NeededActions(const Asked& asked) {
  if (asked.signing == "apigateway") return NeededOfApi(asked);
  const ServiceActions* known = FindService(asked.service);
  const std::string own = fmt::format("{}:{}", PrefixOf(asked.signing), asked.operation);
  std::vector<Needed> needed;
  std::string_view pattern;
  for (const ActionRow& row : known ? known->rows : std::span<const ActionRow>()) {
    // Only the first pattern that matches counts, with all rows that have it.
    if (!pattern.empty() && row.operation != pattern) break;
    if (!MatchesWildcard(asked.operation, row.operation)) continue;
    pattern = row.operation;
    if (row.action == "-") return {};
    if (!Applies(row, asked)) continue;
    for (std::string& resource : MakeResources(row.resource, asked)) {
      needed.push_back({.action = row.action.empty() ? own : std::string(row.action),
                        .resource = std::move(resource)});
    }
  }
  if (needed.empty()) needed.push_back({.action = own, .resource = PlainResource(asked.input)});
  return needed;
}

std::vector<PassedRole> PassedRoles(std::string_view service, std::string_view operation,
                                    const json::Object& input) {
  struct Row {
    std::string_view service;
    std::string_view operation;
    std::string_view path;
    std::string_view to;
  };
  constexpr std::array<Row, 28> kRows = {{
      {"cloudformation", "ContinueUpdateRollback", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "CreateChangeSet", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "CreateStack", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "CreateStackSet", "AdministrationRoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "DeleteStack", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "RollbackStack", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "UpdateStack", "RoleARN", "cloudformation.amazonaws.com"},
      {"cloudformation", "UpdateStackSet", "AdministrationRoleARN", "cloudformation.amazonaws.com"},
      {"codebuild", "CreateProject", "serviceRole", "codebuild.amazonaws.com"},
      {"codebuild", "StartBuild", "serviceRoleOverride", "codebuild.amazonaws.com"},
      {"codebuild", "StartBuildBatch", "serviceRoleOverride", "codebuild.amazonaws.com"},
      {"codebuild", "UpdateProject", "serviceRole", "codebuild.amazonaws.com"},
      {"codepipeline", "CreatePipeline", "pipeline.roleArn", "codepipeline.amazonaws.com"},
      {"codepipeline", "UpdatePipeline", "pipeline.roleArn", "codepipeline.amazonaws.com"},
      {"events", "PutRule", "RoleArn", "events.amazonaws.com"},
      {"events", "PutTargets", "Targets.RoleArn", "events.amazonaws.com"},
      {"lambda", "CreateFunction", "Role", "lambda.amazonaws.com"},
      {"lambda", "UpdateFunctionConfiguration", "Role", "lambda.amazonaws.com"},
      {"lexv2-models", "CreateBot", "roleArn", "lexv2.amazonaws.com"},
      {"lexv2-models", "UpdateBot", "roleArn", "lexv2.amazonaws.com"},
      {"pipes", "CreatePipe", "RoleArn", "pipes.amazonaws.com"},
      {"pipes", "UpdatePipe", "RoleArn", "pipes.amazonaws.com"},
      {"s3", "PutBucketReplication", "ReplicationConfiguration.Role", "s3.amazonaws.com"},
      {"scheduler", "CreateSchedule", "Target.RoleArn", "scheduler.amazonaws.com"},
      {"scheduler", "UpdateSchedule", "Target.RoleArn", "scheduler.amazonaws.com"},
      {"stepfunctions", "CreateStateMachine", "roleArn", "states.amazonaws.com"},
      {"stepfunctions", "TestState", "roleArn", "states.amazonaws.com"},
      {"stepfunctions", "UpdateStateMachine", "roleArn", "states.amazonaws.com"},
  }};
  std::vector<PassedRole> roles;
  for (const Row& row : kRows) {
    if (row.service != service || row.operation != operation) continue;
    for (std::string& arn : TextsAt(input, row.path)) {
      roles.push_back({.role_arn = std::move(arn), .to = row.to});
    }
  }
  return roles;
}

}  // namespace trunkline::cloud::access
