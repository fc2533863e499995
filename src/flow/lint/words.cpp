#include "flow/lint/words.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace trunkline::flow::lint {
namespace {

bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

using Phrase = std::span<const std::string_view>;
constexpr std::string_view kCreditCard[] = {"credit", "card"};
constexpr std::string_view kDebitCard[] = {"debit", "card"};
constexpr std::string_view kCardNumber[] = {"card", "number"};
constexpr std::string_view kSecurityCode[] = {"security", "code"};
constexpr std::string_view kSocialSecurity[] = {"social", "security"};
constexpr std::string_view kRoutingNumber[] = {"routing", "number"};
constexpr std::string_view kBirth[] = {"date", "of", "birth"};
constexpr std::string_view kPin[] = {"pin"};
constexpr std::string_view kPassword[] = {"password"};
constexpr std::string_view kPasscode[] = {"passcode"};
constexpr std::string_view kCvv[] = {"cvv"};
constexpr std::string_view kSsn[] = {"ssn"};
constexpr Phrase kSecretPhrases[] = {kCreditCard,     kDebitCard,     kCardNumber, kSecurityCode,
                                     kSocialSecurity, kRoutingNumber, kBirth,      kPin,
                                     kPassword,       kPasscode,      kCvv,        kSsn};

}  // namespace

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

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

std::optional<std::string> NearestSlip(std::string_view word, std::span<const std::string> names) {
  const std::optional<std::string> nearest = Nearest(word, names);
  if (!nearest) return std::nullopt;
  std::string_view a = word;
  std::string_view b = *nearest;
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  constexpr std::size_t kSlip = 2;
  const bool digits =
      (std::string(a) + std::string(b)).find_first_of("0123456789") != std::string::npos;
  if (a.size() > kSlip || b.size() > kSlip || digits) return std::nullopt;
  return nearest;
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

bool AsksForSecret(std::string_view prompt) {
  const std::vector<std::string> words = Words(prompt);
  return std::ranges::any_of(
      kSecretPhrases, [&](Phrase phrase) { return !std::ranges::search(words, phrase).empty(); });
}

std::string_view PromptOf(const Action& action) {
  const std::string_view text = action.parameters.GetString("Text");
  return text.empty() ? action.parameters.GetString("SSML") : text;
}

bool IsStore(const Action& action) {
  return action.type == "GetParticipantInput" && !action.parameters.Has("EnableDTMFBuffer") &&
         EqualsIgnoreCase(action.parameters.GetString("StoreInput"), "true");
}

bool IsMenu(const Action& action) {
  return action.type == "GetParticipantInput" && !action.parameters.Has("EnableDTMFBuffer") &&
         !IsStore(action);
}

bool StoresSecret(const Action& action) {
  return IsStore(action) &&
         (action.parameters.Has("InputEncryption") || AsksForSecret(PromptOf(action)));
}

}  // namespace trunkline::flow::lint
