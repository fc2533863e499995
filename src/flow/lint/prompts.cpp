// Rules about texts, keys and numbers.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/code_point.h"
#include "base/text.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

bool IsPrompt(const LintText& text) {
  return text.path.ends_with(".Text") || text.path.ends_with(".SSML");
}

struct Length {
  std::size_t total = 0;
  std::size_t billed = 0;  // without markup
};

Length Measure(std::string_view text) {
  Length length;
  const bool is_ssml = text.find("<speak") != std::string_view::npos;
  bool in_tag = false;
  for (const char c : text) {
    if (!BeginsCodePoint(c)) continue;
    ++length.total;
    if (is_ssml && c == '<') in_tag = true;
    if (!in_tag) ++length.billed;
    if (is_ssml && c == '>') in_tag = false;
  }
  return length;
}

}  // namespace

void TextTooLong(LintContext& context) {
  constexpr std::size_t kBilled = 3000;  // characters that are spoken
  constexpr std::size_t kTotal = 6000;   // with markup
  for (const LintText& text : context.texts) {
    if (!IsPrompt(text) || text.text.size() <= kBilled) continue;
    const Length length = Measure(text.text);
    if (length.billed <= kBilled && length.total <= kTotal) continue;
    context.Report(fmt::format("the text of action '{}' has {} characters ({} without markup); the "
                               "voice reads {} ({})",
                               text.action->id, length.total, length.billed, kTotal, kBilled),
                   text.offset, "split it into several actions");
  }
}

void LeftoverText(LintContext& context) {
  constexpr std::string_view kLeftovers[] = {"todo", "tbd",      "fixme",
                                             "xxxx", "changeme", "lorem ipsum"};
  for (const LintText& text : context.texts) {
    if (text.position != nullptr) continue;
    const std::string lower = ToLower(text.text);
    for (const std::string_view word : kLeftovers) {
      const std::size_t at = lower.find(word);
      if (at == std::string::npos) continue;
      const bool begins = at == 0 || !IsLetter(lower[at - 1]);
      const bool ends = at + word.size() >= lower.size() || !IsLetter(lower[at + word.size()]);
      // "todo" is everyday Spanish ("todo el día"): only its capital form is a note to oneself.
      const std::string_view written = std::string_view(text.text).substr(at, word.size());
      if (!begins || !ends || (word == "todo" && written != "TODO")) continue;
      context.Report(
          fmt::format("'{}' of action '{}' still holds '{}'", text.path, text.action->id, written),
          text.offset);
    }
  }
}

void SilenceNotChecked(LintContext& context) {
  const bool checks = std::ranges::any_of(context.Actions(), [](const Action* action) {
    return action->Is("Compare") &&
           action->parameters.GetString("ComparisonValue") == "$.StoredCustomerInput";
  });
  if (checks) return;
  for (const Action* action : context.Actions()) {
    if (!action->Is("GetParticipantInput")) continue;
    if (!EqualsIgnoreCase(action->parameters.GetString("StoreInput"), "true")) continue;
    context.Report(fmt::format("nobody compares what action '{}' stores with 'Timeout', its value "
                               "when the caller types nothing",
                               action->id),
                   action->offset);
  }
}

void SensitiveAttribute(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("UpdateContactAttributes")) continue;
    for (const json::Member& member : action->parameters.GetObject("Attributes")) {
      if (!SoundsSecret(member.key)) continue;
      context.Report(
          fmt::format("attribute '{}' stays readable in contact records and logs", member.key),
          member.key_offset, "keep it in a flow attribute, or encrypt the input");
    }
  }
}

}  // namespace trunkline::flow::lint
