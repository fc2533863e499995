// GetRandomPassword.
#include <algorithm>
#include <vector>

#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

constexpr std::int64_t kDefaultLength = 32;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

// The kinds of characters that are left after all exclusions.
std::vector<std::string> Alphabets(const json::Object& input) {
  std::vector<std::string> all;
  const auto add = [&](std::string_view characters, bool excluded) {
    if (excluded) return;
    std::string left(characters);
    const std::string_view out = input.GetString("ExcludeCharacters");
    std::erase_if(left, [&](char c) { return out.find(c) != std::string_view::npos; });
    if (!left.empty()) all.push_back(std::move(left));
  };
  add(kLower, input.GetBool("ExcludeLowercase"));
  add(kUpper, input.GetBool("ExcludeUppercase"));
  add(kDigits, input.GetBool("ExcludeNumbers"));
  add(kPunctuation, input.GetBool("ExcludePunctuation"));
  add(" ", !input.GetBool("IncludeSpace"));
  return all;
}

void Shuffle(Random& random, std::string& text) {
  for (std::size_t i = text.size(); i > 1; --i)
    std::swap(text[i - 1], text[UniformBelow(random, i)]);
}

Answer<> GetRandomPassword(Context& context, const json::Object& input) {
  const auto length = static_cast<std::size_t>(input.GetInt("PasswordLength", kDefaultLength));
  const std::vector<std::string> alphabets = Alphabets(input);
  if (alphabets.empty())
    return ServiceError("InvalidParameterException", "All characters are excluded.");
  const bool each = input.GetBool("RequireEachIncludedType", true);
  if (each && length < alphabets.size()) {
    return ServiceError("InvalidParameterException",
                        "Password length is too short based on the required types.");
  }
  std::string password;
  std::string together;
  for (const std::string& alphabet : alphabets) {
    if (each) password += NewToken(context.random, 1, alphabet);
    together += alphabet;
  }
  password += NewToken(context.random, length - password.size(), together);
  Shuffle(context.random, password);
  return json::Object{{"RandomPassword", std::move(password)}};
}

constexpr Operation kOperations[] = {
    {.name = "GetRandomPassword", .handle = GetRandomPassword},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPasswordOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
