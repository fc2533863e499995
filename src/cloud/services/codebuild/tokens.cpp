// Idempotency tokens: good for five minutes, for the same parameters (documented).
#include <chrono>

#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/start_build.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::chrono::minutes kRemembered{5};

std::string TokenId(std::string_view kind, const json::Object& input) {
  return std::string(kind) + ":" + std::string(input.GetString("idempotencyToken"));
}

}  // namespace

Answer<std::string> RecallToken(Context& context, std::string_view kind,
                                const json::Object& input) {
  if (input.GetString("idempotencyToken").empty()) return std::string();
  const Record* record = context.store.Find(context.RegionScope(), kToken, TokenId(kind, input));
  if (!record) return std::string();
  if (FromEpochSeconds(record->body.GetDouble("time")) + kRemembered < context.Now())
    return std::string();
  if (!(record->body.GetObject("input") == input)) {
    return InvalidInput(
        "Idempotent parameter mismatch: the token was used with other parameters within the last "
        "five minutes");
  }
  return std::string(record->body.GetString("id"));
}

void RememberToken(Context& context, std::string_view kind, const json::Object& input,
                   std::string_view id) {
  if (input.GetString("idempotencyToken").empty()) return;
  json::Object body{{"id", id}, {"input", input}, {"time", Seconds(context.Now())}};
  context.store.Put(
      context.RegionScope(), kToken,
      {.id = TokenId(kind, input), .parent = {}, .name = {}, .body = std::move(body)});
}

}  // namespace trunkline::cloud::codebuild
