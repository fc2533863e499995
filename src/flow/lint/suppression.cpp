#include <algorithm>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "flow/lint_page.h"
#include "flow/lint_suppression.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kOwn = "trunkline";

bool Expired(const LintSuppression& one, const std::string& today) {
  return one.until < today;  // days as texts are in the order of time
}

std::string WithoutEnding(std::string file) {
  if (file.ends_with(".json")) file.resize(file.size() - 5);
  return file;
}

bool IsAbout(const LintSuppression& one, const Finding& finding, const Subject& subject) {
  if (one.rule != finding.code) return false;
  if (!one.action.empty() && one.action != subject.action) return false;
  return one.flow.empty() || one.flow == subject.flow ||
         WithoutEnding(one.flow) == WithoutEnding(FileName(finding.place.file));
}

std::string_view NameOf(std::string_view code) {
  for (const LintRule& rule : AllLintRules()) {
    if (rule.code == code) return rule.name;
  }
  return code;
}

Finding About(const LintSuppression& one, Severity severity, std::string_view code,
              std::string message, std::string hint) {
  return {.severity = severity,
          .code = std::string(code),
          .message = std::move(message),
          .hint = std::move(hint),
          .place = one.place,
          .source_line = one.source_line};
}

// Reads the lists of suppressions in a flow's metadata.
class AnnotationReader {
 public:
  explicit AnnotationReader(const Document& document) : document_(document) {}

  LintAnnotations Read() {
    if (!document_.content.IsObject()) return {};
    const json::Object& metadata = document_.content.AsObject().GetObject("Metadata");
    ReadOwner(metadata, "");
    for (const json::Member& action : metadata.GetObject("ActionMetadata")) {
      if (action.value.IsObject()) ReadOwner(action.value.AsObject(), action.key);
    }
    return std::move(read_);
  }

 private:
  void ReadOwner(const json::Object& owner, const std::string& action) {
    const json::Value* own = owner.Find(kOwn);
    if (own == nullptr) return;
    const json::Value* list = own->IsObject() ? own->AsObject().Find("lint") : nullptr;
    if (list == nullptr || !list->IsArray()) {
      Say(*own, "expected 'trunkline' in the metadata to hold 'lint', a list of suppressions");
      return;
    }
    for (const json::Value& entry : list->AsArray()) ReadEntry(entry, action);
  }

  void ReadEntry(const json::Value& entry, const std::string& action) {
    const std::string problem = ProblemOf(entry);
    if (!problem.empty()) return Say(entry, problem);
    const json::Object& object = entry.AsObject();
    const Finding place = FindingAt(document_, Severity::kNote, "", "", "", entry.offset());
    read_.suppressions.push_back(
        {.rule = std::string(FindLintRule(object.GetString("rule")).value()->code),
         .flow = {},
         .action = action,
         .reason = std::string(object.GetString("reason")),
         .until = std::string(object.GetString("until")),
         .place = place.place,
         .source_line = place.source_line,
         .in_flow = true});
  }

  static std::string ProblemOf(const json::Value& entry) {
    if (!entry.IsObject()) return "expected a suppression to be an object";
    for (const json::Member& member : entry.AsObject()) {
      if (member.key != "rule" && member.key != "reason" && member.key != "until")
        return fmt::format("expected a suppression to hold rule, reason and until but got '{}'",
                           member.key);
    }
    const Result<const LintRule*> rule = FindLintRule(entry.AsObject().GetString("rule"));
    if (!rule) return rule.error().message();
    if (Trim(entry.AsObject().GetString("reason")).empty())
      return "expected 'reason' to say why the finding is accepted";
    if (!IsDay(entry.AsObject().GetString("until")))
      return "expected 'until' to be the last day of the suppression, such as '2027-03-31'";
    return {};
  }

  void Say(const json::Value& value, std::string message) {
    read_.findings.push_back(
        FindingAt(document_, Severity::kError, "TL-L003", std::move(message), {}, value.offset()));
  }

  const Document& document_;
  LintAnnotations read_;
};

}  // namespace

bool IsDay(std::string_view text) {
  const std::vector<std::string_view> parts = Split(text, '-');
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() != 2 || parts[2].size() != 2)
    return false;
  const auto within = [](std::string_view part, std::int64_t most) {
    const bool digits = std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    return digits && ToInt(part).value_or(0) >= 1 && ToInt(part).value_or(0) <= most;
  };
  return within(parts[0], 9999) && within(parts[1], 12) && within(parts[2], 31);
}

LintAnnotations ReadLintAnnotations(const Document& document) {
  return AnnotationReader(document).Read();
}

void DropAnnotations(json::Value& content) {
  if (!content.IsObject()) return;
  json::Value* metadata = content.AsObject().Find("Metadata");
  if (metadata == nullptr || !metadata->IsObject()) return;
  metadata->AsObject().Remove(kOwn);
  json::Value* actions = metadata->AsObject().Find("ActionMetadata");
  if (actions == nullptr || !actions->IsObject()) return;
  for (json::Member& action : actions->AsObject()) {
    if (action.value.IsObject()) action.value.AsObject().Remove(kOwn);
  }
}

LintSuppressor::LintSuppressor(std::vector<LintSuppression> suppressions, std::string today)
    : suppressions_(std::move(suppressions)),
      used_(suppressions_.size(), false),
      today_(std::move(today)) {}

const LintSuppression* LintSuppressor::Hides(const Finding& finding, const Subject& subject) {
  const LintSuppression* first = nullptr;
  for (std::size_t i = 0; i < suppressions_.size(); ++i) {
    const LintSuppression& one = suppressions_[i];
    if (Expired(one, today_) || !IsAbout(one, finding, subject)) continue;
    used_[i] = true;
    if (first == nullptr) first = &one;
  }
  return first;
}

Findings LintSuppressor::Judge(const LintOptions& options, bool complete) const {
  Findings findings;
  for (std::size_t i = 0; i < suppressions_.size(); ++i) {
    const LintSuppression& one = suppressions_[i];
    if (Expired(one, today_)) {
      findings.push_back(About(one, Severity::kWarning, "TL-L001",
                               fmt::format("the suppression of '{}' has ended on {}: {}",
                                           NameOf(one.rule), one.until, one.reason),
                               "mend what it hid, or agree on another day"));
    } else if (complete && !used_[i] && LevelOf(one.rule, options) != LintLevel::kOff) {
      findings.push_back(About(
          one, Severity::kNote, "TL-L002",
          fmt::format("the suppression of '{}' hides nothing: {}", NameOf(one.rule), one.reason),
          "take it out"));
    }
  }
  return findings;
}

}  // namespace trunkline::flow
