#include "cloud/services/codebuild/retry.h"

#include <algorithm>

#include "aws/pattern.h"
#include "base/text.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/start_build.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::int64_t kMostRetries = 100;

// Says in the failed build which one follows it: it is complete, so ChangeBuild would not.
void ShowNext(Context& context, const std::string& id, const json::Object& next) {
  const Record* found = context.store.Find(context.RegionScope(), kBuild, id);
  if (!found) return;
  Record record = *found;
  json::Object& build = record.body["build"].AsObject();
  json::Object config = next.GetObject("autoRetryConfig");
  config.Set("autoRetryNumber", config.GetInt("autoRetryNumber") - 1);
  config.Remove("previousAutoRetry");
  const json::Object& own = build.GetObject("autoRetryConfig");
  config.SetIfNotEmpty("previousAutoRetry", own.GetString("previousAutoRetry"));
  config.Set("nextAutoRetry", next.GetString("arn"));
  build.Set("autoRetryConfig", std::move(config));
  context.store.Put(context.RegionScope(), kBuild, std::move(record));
}

}  // namespace

std::optional<RetryRule> ReadRetryRule(std::string_view on_failure) {
  constexpr std::string_view kWord = "RETRY";
  if (!on_failure.starts_with(kWord)) return std::nullopt;
  on_failure.remove_prefix(kWord.size());
  RetryRule rule;
  if (!on_failure.starts_with('-')) return rule;
  on_failure.remove_prefix(1);
  const std::size_t dash = on_failure.find('-');
  if (const auto count = ToInt(on_failure.substr(0, dash))) {
    rule.count = std::clamp<std::int64_t>(*count, 0, kMostRetries);
    if (dash == std::string_view::npos) return rule;
    on_failure.remove_prefix(dash + 1);
  }
  rule.pattern = on_failure;
  return rule;
}

void NoteRetries(BuildRun& run, std::string_view on_failure) {
  const std::optional<RetryRule> rule = ReadRetryRule(on_failure);
  if (!rule) return;
  const auto pattern = aws::Pattern::Compile(".*(" + rule->pattern + ").*");
  if (!pattern) {
    run.log->Note("on-failure: " + pattern.error().message());
  } else if (pattern->Matches(Replace(run.failure, "\n", " "))) {
    run.retries_left = rule->count - run.settings.GetInt("retries");
  }
}

void RetryAutomatically(const BuildRun& run) {
  const std::int64_t limit = run.build.GetObject("autoRetryConfig").GetInt("autoRetryLimit");
  const std::int64_t left = std::max(run.retries_left, limit - run.settings.GetInt("retries"));
  const bool other = run.build.GetString("initiator").starts_with("codepipeline/") ||
                     run.build.Has("buildBatchArn");
  if (left <= 0 || other) return;
  const Answer<> done = run.context.State([&](Context& context) -> Answer<> {
    TL_TRY(const Record* record, FindBuild(context, run.id));
    BuildRequest request;
    request.input = record->body.GetObject("input");
    request.retry_of = run.build.GetString("arn");
    request.retries = run.settings.GetInt("retries") + 1;
    TL_TRY(const json::Object next, NewBuild(context, request));
    ShowNext(context, run.id, next);
    return json::Object();
  });
  if (!done)
    run.context.log().Warn("build '{}' is not tried again: {}", run.id, done.error().message);
}

}  // namespace trunkline::cloud::codebuild
