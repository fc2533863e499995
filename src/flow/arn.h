// Amazon resource names, as far as flows hold them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/catalogue.h"

namespace trunkline::flow {

struct Arn {
  std::string partition;  // "aws", "aws-us-gov", "aws-cn"
  std::string service;    // "connect", "lambda", "lex", "wisdom", ...
  std::string region;
  std::string account;   // empty for S3; "aws" for AWS's own views
  std::string resource;  // everything behind the account

  ResourceKind kind = ResourceKind::kNone;  // kNone when flows name no such resource
  std::string instance;                     // id of the Connect instance, if it is in one
  std::string id;  // the resource's own id: a UUID, a function's name with alias, "botId/aliasId"
};

// The whole text must be one ARN without blanks or references.
std::optional<Arn> ParseArn(std::string_view text);
bool IsUuid(std::string_view text);

}  // namespace trunkline::flow
