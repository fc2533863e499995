#include "cloud/services/connect/client_tokens.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_write.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::chrono::hours kRemembered{24};

std::string RecordId(std::string_view operation, std::string_view token) {
  return fmt::format("{}:{}", operation, token);
}

std::string HashOf(const json::Object& input) {
  return ToHex(Sha256(json::WriteSorted(input)));
}

}  // namespace

Answer<std::optional<json::Object>> AnsweredBefore(Context& context, std::string_view operation,
                                                   const json::Object& input,
                                                   std::string_view error) {
  const std::string_view token = input.GetString("ClientToken");
  if (token.empty()) return std::optional<json::Object>();
  const Record* record =
      context.store.Find(context.RegionScope(), kClientToken, RecordId(operation, token));
  if (record == nullptr) return std::optional<json::Object>();
  const TimePoint until = FromEpochSeconds(record->body.GetDouble("Time")) + kRemembered;
  if (context.Now() >= until) return std::optional<json::Object>();
  if (record->body.GetString("Input") != HashOf(input)) {
    return ServiceError(error,
                        fmt::format("client token '{}' was used for another input before", token));
  }
  return std::optional<json::Object>(record->body.GetObject("Output"));
}

void RememberAnswer(Context& context, std::string_view operation, const json::Object& input,
                    const json::Object& output) {
  const std::string_view token = input.GetString("ClientToken");
  if (token.empty()) return;
  Record record{.id = RecordId(operation, token)};
  record.body.Set("Input", HashOf(input));
  record.body.Set("Output", output);
  record.body.Set("Time", json::Number{EpochSeconds(context.Now())});
  context.store.Put(context.RegionScope(), kClientToken, std::move(record));
}

}  // namespace trunkline::cloud::connect
