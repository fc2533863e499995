#include "flow/lint/digits.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/text.h"

namespace trunkline::flow::lint {
namespace {

// Words of letters (any UTF-8) and single numbers or signs, in lower case, outside of tags.
std::vector<std::string> Tokens(std::string_view prompt) {
  enum class Kind { kNone, kWord, kNumber };
  std::vector<std::string> tokens;
  Kind last = Kind::kNone;
  bool in_tag = false;
  for (const char c : prompt) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<') in_tag = true;
    const Kind kind = in_tag                                    ? Kind::kNone
                      : std::isalpha(byte) != 0 || byte >= 0x80 ? Kind::kWord
                      : std::isdigit(byte) != 0                 ? Kind::kNumber
                                                                : Kind::kNone;
    if (kind != Kind::kNone && kind == last) {
      tokens.back() += c;
    } else if (kind != Kind::kNone || (!in_tag && (c == '*' || c == '#'))) {
      tokens.emplace_back(1, c);
    }
    last = kind;
    if (c == '>') in_tag = false;
  }
  for (std::string& token : tokens) token = ToLower(token);
  return tokens;
}

constexpr std::string_view kVerbs[] = {"press",    "dial",    "oprima",    "marque", "presione",
                                       "pulse",    "drücken", "wählen",    "tapez",  "appuyez",
                                       "composez", "digite",  "pressione", "tecle",  "prema"};

constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {
    {"zero", "0"},   {"one", "1"},   {"two", "2"},    {"three", "3"}, {"four", "4"},
    {"five", "5"},   {"six", "6"},   {"seven", "7"},  {"eight", "8"}, {"nine", "9"},
    {"star", "*"},   {"pound", "#"}, {"hash", "#"},   {"cero", "0"},  {"uno", "1"},
    {"dos", "2"},    {"tres", "3"},  {"cuatro", "4"}, {"cinco", "5"}, {"seis", "6"},
    {"siete", "7"},  {"ocho", "8"},  {"nueve", "9"},  {"null", "0"},  {"eins", "1"},
    {"zwei", "2"},   {"drei", "3"},  {"vier", "4"},   {"fünf", "5"},  {"sechs", "6"},
    {"sieben", "7"}, {"acht", "8"},  {"neun", "9"},   {"deux", "2"},  {"trois", "3"},
    {"quatre", "4"}, {"cinq", "5"},  {"sept", "7"},   {"huit", "8"},  {"neuf", "9"},
    {"um", "1"},     {"dois", "2"},  {"due", "2"},    {"tre", "3"},   {"quattro", "4"},
    {"cinque", "5"}, {"*", "*"},     {"#", "#"}};

std::optional<std::string> KeyOf(const std::string& token) {
  if (token.size() == 1 && std::isdigit(static_cast<unsigned char>(token[0])) != 0) return token;
  const auto* const found =
      std::ranges::find(kNumbers, token, &std::pair<std::string_view, std::string_view>::first);
  if (found == std::end(kNumbers)) return std::nullopt;
  return std::string(found->second);
}

bool IsVerb(const std::string& token) {
  return std::ranges::find(kVerbs, token) != std::end(kVerbs);
}

}  // namespace

PromptKeys KeysIn(std::string_view prompt) {
  constexpr std::size_t kReach = 3;  // "press the number 1"
  PromptKeys keys;
  std::size_t since_verb = kReach + 1;
  const std::vector<std::string> tokens = Tokens(prompt);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    since_verb = IsVerb(tokens[i]) ? 0 : since_verb + 1;
    const std::optional<std::string> key = KeyOf(tokens[i]);
    if (!key || (i + 1 < tokens.size() && tokens[i + 1] == "of")) continue;  // "one of these"
    keys.named.insert(*key);
    if (since_verb > kReach) continue;
    keys.asked.insert(*key);
    since_verb = kReach + 1;  // "press 1 one time": the first counts
  }
  return keys;
}

bool IsDigits(const Path& path) {
  if (path.Root() == "StoredCustomerInput") return true;
  const bool endpoint = path.Root() == "CustomerEndpoint" || path.Root() == "SystemEndpoint";
  return endpoint && path.Key() == "Address";
}

}  // namespace trunkline::flow::lint
