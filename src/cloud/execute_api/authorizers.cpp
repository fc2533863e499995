#include "cloud/execute_api/authorizers.h"

#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/evaluate.h"
#include "cloud/engine.h"
#include "cloud/execute_api/function.h"
#include "cloud/execute_api/function_uri.h"

namespace trunkline::cloud::execute_api {
namespace {

// How often a stage's memory was emptied: a part of what answers are remembered by. In the scope of
// the API; id: "<api>/<stage>", body: "Times".
constexpr Kind kForgotten{"execute-api", "forgotten"};
constexpr Milliseconds kLimit{10'000};  // documented: an authorizer has 10 seconds

// Answers while they last. In memory only: after a restart functions are asked again.
class AuthorizerMemory final : public Resident {
 public:
  explicit AuthorizerMemory(Engine& engine) : engine_(engine) {}
  void Reset() override { answers_.clear(); }

  const json::Object* Find(const std::string& key) {
    const auto found = answers_.find(key);
    if (found == answers_.end() || found->second.until <= engine_.clock.Now()) return nullptr;
    return &found->second.answer;
  }
  void Keep(const std::string& key, const json::Object& answer, std::chrono::seconds life) {
    if (answers_.size() >= kMost) answers_.clear();
    answers_[key] = {.answer = answer, .until = engine_.clock.Now() + life};
  }

 private:
  static constexpr std::size_t kMost = 10'000;
  struct Kept {
    json::Object answer;
    TimePoint until;
  };
  Engine& engine_;
  std::unordered_map<std::string, Kept> answers_;
};

std::string ForgottenId(std::string_view api_id, std::string_view stage) {
  return fmt::format("{}/{}", api_id, stage);
}

std::int64_t TimesForgotten(const WaitContext& context, const ApiCall& call) {
  const Record* record =
      context.engine().store.Find(call.scope, kForgotten, ForgottenId(call.api_id, call.stage));
  return record ? record->body.GetInt("Times") : 0;
}

// A hash: identities are secrets.
std::string MemoryKey(const WaitContext& context, const ApiCall& call,
                      const AuthorizerQuestion& question) {
  std::string key = fmt::format("{}/{}/{}/{}", call.api_id, call.stage, question.authorizer_id,
                                TimesForgotten(context, call));
  for (const std::string& part : question.identity) key += "\n" + json::Quote(part);
  return Sha256(key);
}

std::optional<json::Object> ReadAnswer(const WaitContext& context, const ApiCall& call,
                                       const Invoked& invoked) {
  if (invoked.end == Invoked::End::kDone) {
    Result<json::Value> answer = json::Parse(invoked.payload);
    if (answer && answer->IsObject()) return std::move(answer->AsObject());
  }
  context.log().Warn("an authorizer of API '{}' gave no answer: {}", call.api_id,
                     invoked.reason.empty() ? invoked.payload : invoked.reason);
  return std::nullopt;
}

}  // namespace

net::aw<std::optional<json::Object>> AskAuthorizer(WaitContext context, const ApiCall& call,
                                                   AuthorizerQuestion question) {
  AuthorizerMemory& memory = context.engine().Get<AuthorizerMemory>();
  const bool remembers = question.remembered.count() > 0 && !question.identity.empty();
  const std::string key = remembers ? MemoryKey(context, call, question) : std::string();
  if (remembers) {
    if (const json::Object* known = memory.Find(key)) co_return *known;
  }
  const auto function = ReadFunctionUri(WithStageVariables(call, question.uri));
  Invocation invocation;
  invocation.function = function.value_or("");
  invocation.source_arn = AuthorizerArn(call, question.authorizer_id);
  invocation.credentials = question.credentials;
  invocation.event = std::move(question.event);
  invocation.limit = kLimit;
  const Invoked invoked = co_await InvokeFunction(context, std::move(invocation));
  std::optional<json::Object> answer = ReadAnswer(context, call, invoked);
  if (answer && remembers) memory.Keep(key, *answer, question.remembered);
  co_return answer;
}

Verdict JudgePolicy(const json::Object& policy_document, std::string_view method_arn) {
  access::Call call{.account = {},
                    .principal_arn = {},
                    .role_arn = {},
                    .service = {},
                    .action = "execute-api:Invoke",
                    .resource = std::string(method_arn),
                    .keys = {}};
  const access::Opinion opinion =
      access::Ask(*access::ReadPolicy(json::Write(json::Value(policy_document))), call, false);
  if (opinion.effect == access::Effect::kAllow) return Verdict::kAllowed;
  return opinion.effect == access::Effect::kDeny ? Verdict::kDenied : Verdict::kNotAllowed;
}

void ForgetAuthorizations(Context& context, std::string_view api_id, std::string_view stage) {
  const std::string id = ForgottenId(api_id, stage);
  const Record* before = context.store.Find(context.RegionScope(), kForgotten, id);
  const std::int64_t times = before ? before->body.GetInt("Times") : 0;
  context.store.Put(context.RegionScope(), kForgotten,
                    {.id = id, .parent = "", .name = id, .body = {{"Times", times + 1}}});
}

}  // namespace trunkline::cloud::execute_api
