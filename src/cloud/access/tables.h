// Rows for the operations whose action or resource is not the plain one. A file per group of
// services defines its rows; actions.cpp looks them up.
#pragma once

#include <span>
#include <string_view>

namespace trunkline::cloud::access {

struct ActionRow {
  // An operation's name, or its beginning and a '*'. Several rows of one operation: all are needed.
  std::string_view operation;
  std::string_view action;  // "s3:GetObject"; empty: <signing name>:<operation>; "-": none
  // {account}, {region}, {caller} (its ARN) and members of the input by path ({Role.Name}), or of
  // names.h; "a|b" tries one after the other. A member that is an ARN itself is the resource. A
  // template with a member that is not there is tried no further.
  std::string_view resource;
  // Only for inputs that have this member; "!VersionId": that have it not.
  std::string_view when = {};
};

struct ServiceActions {
  std::string_view service;  // the model
  std::span<const ActionRow> rows;
};

extern const std::span<const ServiceActions> kDataActions;  // s3, ssm, kms, secrets, logs, sqs, sns
extern const std::span<const ServiceActions> kDeliveryActions;  // iam, stacks, pipelines, workflows
extern const std::span<const ServiceActions> kCenterActions;    // connect, lex, lambda

}  // namespace trunkline::cloud::access
