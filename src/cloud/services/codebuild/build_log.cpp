#include "cloud/services/codebuild/build_log.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/codebuild/readable.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::size_t kLineLimit = 64U << 10U;
constexpr std::size_t kTotalLimit = 16U << 20U;
constexpr std::size_t kFlushAt = 256U << 10U;  // PutLogEvents takes 1 MB
constexpr std::size_t kEventOverhead = 26;     // as PutLogEvents counts
constexpr std::size_t kEventsAtOnce = 5000;    // PutLogEvents takes 10 000
// Shorter ones would tear the log apart and hide nothing.
constexpr std::size_t kShortestSecret = 3;

// "2026/11/22 20:35:18.123000"
std::string Stamp(TimePoint now) {
  const std::int64_t milliseconds = now.time_since_epoch().count() % 1000;
  std::string text = ToIso8601(now).substr(0, 19);
  std::replace(text.begin(), text.end(), '-', '/');
  std::replace(text.begin(), text.end(), 'T', ' ');
  return fmt::format("{}.{:03}000", text, milliseconds);
}

bool Fails(const Answer<>& answer) {
  return !answer && answer.error().code != "ResourceAlreadyExistsException";
}

}  // namespace

BuildLog::BuildLog(WaitContext context, LogTargets targets)
    : context_(std::move(context)), targets_(std::move(targets)) {}

Answer<void> BuildLog::Open() {
  if (targets_.group.empty()) return {};
  json::Object stream{{"logGroupName", targets_.group}};
  Answer<> made = context_.Dispatch("logs", "CreateLogGroup", stream);
  stream.Set("logStreamName", targets_.stream);
  // A group that is there may be one that the role may not make.
  Answer<> opened = context_.Dispatch("logs", "CreateLogStream", stream);
  if (opened || !Fails(opened)) return {};
  targets_.group.clear();
  if (Fails(made)) return std::move(made).error();
  return std::move(opened).error();
}

void BuildLog::Mask(std::string_view secret) {
  for (const std::string_view line : Split(secret, '\n')) {
    const std::string_view kept = Trim(line);
    if (kept.size() >= kShortestSecret) secrets_.emplace_back(kept);
  }
  // The longest first: one may be a part of another.
  std::ranges::sort(secrets_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string BuildLog::Masked(std::string_view text) const {
  std::string masked(text);
  for (const std::string& secret : secrets_) masked = Replace(masked, secret, "***");
  return masked;
}

void BuildLog::AddOutput(std::string_view bytes) {
  if (total_ > kTotalLimit) return;
  partial_ += bytes;
  std::size_t from = 0;
  for (std::size_t end = 0; (end = partial_.find('\n', from)) != std::string::npos;
       from = end + 1) {
    AddLine(std::string_view(partial_).substr(from, end - from));
  }
  partial_.erase(0, from);
  // A secret on the border would be shown in two halves: what may be its beginning stays.
  const std::size_t kept = secrets_.empty() ? 0 : secrets_.front().size();
  if (partial_.size() > kLineLimit + kept) {
    partial_ = Masked(partial_);
    const std::size_t cut = partial_.size() - std::min(partial_.size(), kept);
    AddLine(std::string_view(partial_).substr(0, cut));
    partial_.erase(0, cut);
  }
}

void BuildLog::AddLine(std::string_view line) {
  if (total_ > kTotalLimit) return;
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::string shown = Readable(Masked(line));
  for (std::size_t from = 0; from == 0 || from < shown.size(); from += kLineLimit) {
    std::string event = Readable(shown.substr(from, kLineLimit)) + "\n";
    total_ += event.size();
    if (total_ > kTotalLimit) event = "The log is longer than 16 MB: the rest of it is not kept.\n";
    if (targets_.keep_text) text_ += event;
    pending_ += event.size() + kEventOverhead;
    events_.push_back(json::Object{{"timestamp", context_.clock().Now().time_since_epoch().count()},
                                   {"message", std::move(event)}});
    if (pending_ > kFlushAt || events_.size() >= kEventsAtOnce) Flush();
  }
}

void BuildLog::EndLine() {
  if (partial_.empty()) return;
  AddLine(std::exchange(partial_, {}));
}

void BuildLog::Note(std::string_view line) {
  EndLine();
  AddLine(fmt::format("[Container] {} {}", Stamp(context_.clock().Now()), line));
}

void BuildLog::Flush() {
  json::Array events = std::exchange(events_, {});
  pending_ = 0;
  if (events.empty() || targets_.group.empty()) return;
  json::Object input{{"logGroupName", targets_.group},
                     {"logStreamName", targets_.stream},
                     {"logEvents", std::move(events)}};
  if (!context_.Dispatch("logs", "PutLogEvents", input))
    context_.log().Warn("the log of a build could not be written to '{}'", targets_.group);
}

}  // namespace trunkline::cloud::codebuild
