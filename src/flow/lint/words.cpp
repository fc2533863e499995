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

namespace {

constexpr std::size_t kSlip = 2;  // characters

bool IsSlip(std::string_view word, std::string_view name) {
  const std::size_t size = word.size();
  while (!word.empty() && !name.empty() && word.front() == name.front()) {
    word.remove_prefix(1);
    name.remove_prefix(1);
  }
  while (!word.empty() && !name.empty() && word.back() == name.back()) {
    word.remove_suffix(1);
    name.remove_suffix(1);
  }
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t differs = std::max(word.size(), name.size());
  return differs <= kSlip && differs * 3 <= size &&
         word.find_first_of(kDigits) == std::string_view::npos &&
         name.find_first_of(kDigits) == std::string_view::npos;
}

// How much of a word of this size is untouched on one of its sides.
std::size_t HalfOf(std::size_t size) {
  return size < kSlip ? 0 : (size - kSlip) / 2;
}

}  // namespace

SlipFinder::SlipFinder(std::vector<std::string> names) : names_(std::move(names)) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const std::string& name = names_[i];
    const std::size_t shortest = HalfOf(name.size() < kSlip ? 0 : name.size() - kSlip);
    for (std::size_t half = shortest; half <= HalfOf(name.size() + kSlip); ++half) {
      if (half > name.size()) break;
      by_begin_[name.substr(0, half)].push_back(i);
      by_end_[name.substr(name.size() - half)].push_back(i);
    }
  }
}

std::optional<std::string> SlipFinder::Find(std::string_view word) const {
  const std::size_t half = HalfOf(word.size());
  std::size_t best = names_.size();
  const auto look = [&](const auto& index, std::string_view part) {
    const auto found = index.find(std::string(part));
    if (found == index.end()) return;
    for (const std::size_t i : found->second) {
      if (i < best && IsSlip(word, names_[i])) best = i;
    }
  };
  look(by_begin_, word.substr(0, half));
  look(by_end_, word.substr(word.size() - half));
  return best < names_.size() ? std::optional(names_[best]) : std::nullopt;
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
  return action.Is("GetParticipantInput") && !action.parameters.Has("EnableDTMFBuffer") &&
         EqualsIgnoreCase(action.parameters.GetString("StoreInput"), "true");
}

bool IsMenu(const Action& action) {
  return action.Is("GetParticipantInput") && !action.parameters.Has("EnableDTMFBuffer") &&
         !IsStore(action);
}

bool StoresSecret(const Action& action) {
  return IsStore(action) &&
         (action.parameters.Has("InputEncryption") || AsksForSecret(PromptOf(action)));
}

}  // namespace trunkline::flow::lint
