#include "cloud/services/lambda/policy.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kPolicyLimit = 20480;  // bytes of one policy (Lambda quotas)

bool HasSid(const json::Value& statement, std::string_view sid) {
  return statement.AsObject().GetString("Sid") == sid;
}

}  // namespace

json::Value PrincipalOf(std::string_view principal) {
  if (principal == "*") return "*";
  if (principal.find('.') != std::string_view::npos &&
      principal.find(':') == std::string_view::npos) {
    return json::Object{{"Service", principal}};
  }
  if (ToInt(principal))
    return json::Object{{"AWS", fmt::format("arn:aws:iam::{}:root", principal)}};
  return json::Object{{"AWS", principal}};
}

json::Object PolicyOf(const json::Array& statements) {
  return {{"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statements}};
}

Answer<void> AddStatement(json::Array& statements, const json::Object& statement) {
  const std::string_view sid = statement.GetString("Sid");
  if (std::ranges::any_of(statements, [&](const json::Value& one) { return HasSid(one, sid); })) {
    return ServiceError("ResourceConflictException",
                        fmt::format("The statement id ({}) provided already exists. Please provide "
                                    "a new statement id, or remove the existing statement.",
                                    sid));
  }
  statements.emplace_back(statement);
  if (json::Write(PolicyOf(statements)).size() <= kPolicyLimit) return {};
  return ServiceError(
      "PolicyLengthExceededException",
      fmt::format("The final policy size is bigger than the limit ({}).", kPolicyLimit));
}

Answer<void> RemoveStatement(json::Array& statements, std::string_view sid) {
  const std::size_t removed =
      std::erase_if(statements, [&](const json::Value& one) { return HasSid(one, sid); });
  if (removed > 0) return {};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Statement {} is not found in resource policy.", sid));
}

}  // namespace trunkline::cloud::lambda
