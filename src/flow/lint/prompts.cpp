// Rules about texts, keys and numbers.
#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/rules.h"

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
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;  // the rest of a character
    ++length.total;
    if (is_ssml && c == '<') in_tag = true;
    if (!in_tag) ++length.billed;
    if (is_ssml && c == '>') in_tag = false;
  }
  return length;
}

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

// "creditCard_number" -> {"credit", "card", "number"}
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    if (!word.empty()) words.push_back(ToLower(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = IsUpper(text[i]) && i > 0 && !IsUpper(text[i - 1]);
    if (starts || !IsLetter(text[i])) close();
    if (IsLetter(text[i])) word += text[i];
  }
  close();
  return words;
}

bool SoundsSecret(std::string_view name) {
  constexpr std::string_view kWords[] = {"ssn",      "cvv",      "cvc",      "pin",
                                         "password", "passcode", "passport", "iban"};
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"card", "number"},     {"credit", "card"}, {"account", "number"}, {"routing", "number"},
      {"social", "security"}, {"tax", "id"},      {"date", "birth"}};
  const std::vector<std::string> words = Words(name);
  const auto has = [&](std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  if (has("encrypted") || has("masked") || has("is") || has("has")) return false;
  return std::ranges::any_of(kWords, has) || std::ranges::any_of(kPairs, [&](const auto& pair) {
           return has(pair.first) && has(pair.second);
         });
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
    return action->type == "Compare" &&
           action->parameters.GetString("ComparisonValue") == "$.StoredCustomerInput";
  });
  if (checks) return;
  for (const Action* action : context.Actions()) {
    if (action->type != "GetParticipantInput") continue;
    if (!EqualsIgnoreCase(action->parameters.GetString("StoreInput"), "true")) continue;
    context.Report(fmt::format("nobody compares what action '{}' stores with 'Timeout', its value "
                               "when the caller types nothing",
                               action->id),
                   action->offset);
  }
}

void SensitiveAttribute(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (action->type != "UpdateContactAttributes") continue;
    for (const json::Member& member : action->parameters.GetObject("Attributes")) {
      if (!SoundsSecret(member.key)) continue;
      context.Report(
          fmt::format("attribute '{}' stays readable in contact records and logs", member.key),
          member.key_offset, "keep it in a flow attribute, or encrypt the input");
    }
  }
}

void DialsUncheckedNumber(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.path != "Parameters.ThirdPartyPhoneNumber" || text.pieces.empty()) continue;
    context.Report(fmt::format("action '{}' dials '{}', which comes from outside the flow",
                               text.action->id, text.text),
                   text.offset, "compare it with the numbers that may be dialled");
  }
}

}  // namespace trunkline::flow::lint
