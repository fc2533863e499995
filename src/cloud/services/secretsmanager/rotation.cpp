// Rotation: a function makes, sets, tests and puts into service a new value, at once or by
// schedule.
#include <array>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/schedule.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace secretsmanager {
namespace {

constexpr int kAttempts = 3;
constexpr std::array<std::string_view, 4> kSteps = {"createSecret", "setSecret", "testSecret",
                                                    "finishSecret"};

std::optional<TimePoint> NextRotation(const json::Object& rules, TimePoint now) {
  if (rules.Has("ScheduleExpression")) {
    const auto schedule = Schedule::Read(rules.GetString("ScheduleExpression"));
    return schedule ? schedule->After(now) : std::nullopt;
  }
  if (!rules.Has("AutomaticallyAfterDays")) return std::nullopt;
  return now + std::chrono::hours(24 * rules.GetInt("AutomaticallyAfterDays"));
}

void Arm(Context& context, Secret& secret) {
  json::Object& body = secret.record.body;
  context.jobs.Cancel(context, body.GetString("RotationJob"));
  body.Remove("RotationJob");
  body.Remove("NextRotationDate");
  const auto next = NextRotation(body.GetObject("RotationRules"), context.Now());
  if (!next) return;
  json::Object payload{{"Name", secret.Name()}};
  body.Set("NextRotationDate", json::Number{EpochSeconds(*next)});
  body.Set("RotationJob",
           context.jobs.ScheduleAt(context, kRotateSecretJob, std::move(payload), *next));
}

Answer<void> CheckRules(const json::Object& rules) {
  if (rules.Has("ScheduleExpression") && rules.Has("AutomaticallyAfterDays")) {
    return ServiceError("InvalidParameterException",
                        "You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
  }
  if (rules.Has("ScheduleExpression") && !Schedule::Read(rules.GetString("ScheduleExpression"))) {
    return ServiceError("InvalidParameterException", "The schedule expression isn't valid.");
  }
  return {};
}

Answer<void> CheckFunction(Context& context, const Secret& secret) {
  const std::string_view arn = secret.record.body.GetString("RotationLambdaARN");
  if (arn.empty()) {
    return ServiceError("InvalidRequestException",
                        "No Lambda rotation function ARN is associated with this secret.");
  }
  if (MayInvoke(context, arn, "secretsmanager.amazonaws.com", secret.Arn())) return {};
  return ServiceError("AccessDeniedException",
                      "Secrets Manager cannot invoke the specified Lambda function. Ensure that "
                      "the function policy grants access to the principal "
                      "secretsmanager.amazonaws.com.");
}

// The version that the function will fill: it has the label, and no value yet.
void Begin(Context& context, const Secret& secret, const std::string& token) {
  if (!FindVersion(context, secret, token)) {
    SaveVersion(context, secret,
                {.id = {},
                 .parent = {},
                 .name = {},
                 .body = {{"VersionId", token},
                          {"VersionStages", json::Array()},
                          {"CreatedDate", Seconds(context)}}});
  }
  MoveStage(context, secret, kPending, token);
  json::Object payload{{"Name", secret.Name()}, {"Token", token}, {"Attempt", 1}};
  context.jobs.ScheduleAt(context, kRunSecretRotationJob, std::move(payload), context.Now());
}

bool IsUnderWay(Context& context, const Secret& secret) {
  const auto pending = FindStage(context, secret, kPending);
  return pending && !HasStage(*pending, kCurrent);
}

Answer<> RotateSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  json::Object& body = secret.record.body;
  if (input.Has("ExternalSecretRotationMetadata") || input.Has("ExternalSecretRotationRoleArn")) {
    return ServiceError("InvalidParameterException",
                        "rotation of other companies' secrets is not implemented by the embedded "
                        "cloud");
  }
  TL_DO(CheckRules(input.GetObject("RotationRules")));
  if (input.Has("RotationLambdaARN"))
    body.Set("RotationLambdaARN", input.GetString("RotationLambdaARN"));
  TL_DO(CheckFunction(context, secret));
  if (input.Has("RotationRules")) body.Set("RotationRules", input.At("RotationRules"));
  body.Set("RotationEnabled", true);
  Arm(context, secret);
  Save(context, secret);
  json::Object answer = ToAnswer(secret);
  if (!input.GetBool("RotateImmediately", true)) return answer;

  if (IsUnderWay(context, secret)) {
    return ServiceError("InvalidRequestException",
                        "A previous rotation isn't complete. That rotation will be reattempted.");
  }
  const std::string_view given = input.GetString("ClientRequestToken");
  const std::string token = given.empty() ? NewUuid(context.random) : std::string(given);
  Begin(context, secret, token);
  answer.Set("VersionId", token);
  return answer;
}

Answer<> CancelRotateSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  json::Object& body = secret.record.body;
  context.jobs.Cancel(context, body.GetString("RotationJob"));
  for (const std::string_view member : {"RotationJob", "NextRotationDate", "RotationRules"})
    body.Remove(member);
  body.Set("RotationEnabled", false);
  json::Object answer = ToAnswer(secret);
  if (const auto pending = FindStage(context, secret, kPending))
    answer.Set("VersionId", pending->body.GetString("VersionId"));
  Save(context, std::move(secret));
  return answer;
}

// The schedule's time has come.
Answer<void> RotateInTime(Context& context, const json::Object& payload) {
  auto secret = FindSecret(context, payload.GetString("Name"));
  if (!secret || secret->Deleted() || !secret->record.body.GetBool("RotationEnabled")) return {};
  Arm(context, *secret);
  Save(context, *secret);
  const auto pending = FindStage(context, *secret, kPending);
  const bool again = IsUnderWay(context, *secret);
  Begin(context, *secret,
        again ? std::string(pending->body.GetString("VersionId")) : NewUuid(context.random));
  return {};
}

// What the steps are called with, or nothing when there is nothing to rotate any more.
Answer<> Prepare(Context& context, const json::Object& payload) {
  TL_TRY(const Secret secret, FindSecret(context, payload.GetString("Name")));
  if (secret.Deleted() || !secret.record.body.GetBool("RotationEnabled")) return json::Object();
  return json::Object{{"Function", secret.record.body.GetString("RotationLambdaARN")},
                      {"SecretId", secret.Arn()}};
}

Answer<> Finish(Context& context, const json::Object& payload) {
  TL_TRY(Secret secret, FindSecret(context, payload.GetString("Name")));
  const std::string_view token = payload.GetString("Token");
  const auto version = FindVersion(context, secret, token);
  if (!version || !HasStage(*version, kCurrent)) return json::Object();
  MoveStage(context, secret, kPending, {});
  secret.record.body.Set("LastRotatedDate", Seconds(context));
  Save(context, std::move(secret));
  return json::Object();
}

Answer<> TryAgain(Context& context, const json::Object& payload) {
  const std::int64_t attempt = payload.GetInt("Attempt", 1);
  if (attempt >= kAttempts) return json::Object();
  json::Object again = payload;
  again.Set("Attempt", attempt + 1);
  context.jobs.ScheduleAt(context, kRunSecretRotationJob, std::move(again),
                          context.Now() + std::chrono::minutes(1));
  return json::Object();
}

net::aw<Answer<>> RunStep(WaitContext context, std::string function, json::Object event) {
  const auto arn = ParseArn(function);
  if (!arn) co_return ServiceError("InvalidParameterException", "the function is not named by ARN");
  WaitContext there = context.As(RootCaller(arn->account), arn->region);
  json::Object input{{"FunctionName", function}, {"Payload", json::Write(event)}};
  auto answer = co_await there.Call("lambda", "Invoke", std::move(input));
  if (answer && answer->Has("FunctionError"))
    co_return ServiceError("InternalServiceError", answer->GetString("Payload"));
  co_return answer;
}

net::aw<Answer<>> RunRotation(WaitContext context, json::Object payload) {
  const auto prepare = [&payload](Context& state) { return Prepare(state, payload); };
  TL_CO_TRY(const json::Object prepared, context.State(prepare));
  if (prepared.empty()) co_return json::Object();
  for (const std::string_view step : kSteps) {
    json::Object event{{"SecretId", prepared.GetString("SecretId")},
                       {"ClientRequestToken", payload.GetString("Token")},
                       {"Step", step}};
    std::string function(prepared.GetString("Function"));
    const auto answer = co_await RunStep(context, std::move(function), std::move(event));
    if (answer) continue;
    context.log().Warn("rotating '{}': {} did not work: {}", payload.GetString("Name"), step,
                       answer.error().message);
    co_return context.State([&payload](Context& state) { return TryAgain(state, payload); });
  }
  co_return context.State([&payload](Context& state) { return Finish(state, payload); });
}

constexpr WaitHandler kRunRotation{RunRotation};

constexpr Operation kOperations[] = {
    {.name = "CancelRotateSecret", .handle = CancelRotateSecret},
    {.name = "RotateSecret", .handle = RotateSecret},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRotationOperations = kOperations;

}  // namespace secretsmanager

constinit const JobKind kRotateSecretJob{.name = "secretsmanager.rotate",
                                         .run = secretsmanager::RotateInTime};
constinit const JobKind kRunSecretRotationJob{.name = "secretsmanager.run-rotation",
                                              .wait = &secretsmanager::kRunRotation};

}  // namespace trunkline::cloud
