#include "sim/phone_number.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace trunkline::sim {
namespace {

struct Country {
  std::string_view code;     // ISO 3166-1 alpha-2
  std::string_view calling;  // ITU-T E.164 assigned code
  std::string_view trunk;    // dialled in front of national numbers only
};

// The countries contact centers most often collect local numbers in.
constexpr Country kCountries[] = {
    {"AE", "971", "0"}, {"AR", "54", "0"},  {"AT", "43", "0"},  {"AU", "61", "0"},
    {"BE", "32", "0"},  {"BR", "55", "0"},  {"CA", "1", "1"},   {"CH", "41", "0"},
    {"CL", "56", ""},   {"CN", "86", "0"},  {"CO", "57", ""},   {"CR", "506", ""},
    {"CZ", "420", ""},  {"DE", "49", "0"},  {"DK", "45", ""},   {"DO", "1", "1"},
    {"EC", "593", "0"}, {"ES", "34", ""},   {"FI", "358", "0"}, {"FR", "33", "0"},
    {"GB", "44", "0"},  {"GR", "30", ""},   {"GT", "502", ""},  {"HK", "852", ""},
    {"IE", "353", "0"}, {"IL", "972", "0"}, {"IN", "91", "0"},  {"IT", "39", ""},
    {"JP", "81", "0"},  {"KR", "82", "0"},  {"MX", "52", ""},   {"MY", "60", "0"},
    {"NL", "31", "0"},  {"NO", "47", ""},   {"NZ", "64", "0"},  {"PA", "507", ""},
    {"PE", "51", "0"},  {"PH", "63", "0"},  {"PL", "48", ""},   {"PR", "1", "1"},
    {"PT", "351", ""},  {"SE", "46", "0"},  {"SG", "65", ""},   {"TW", "886", "0"},
    {"US", "1", "1"},   {"UY", "598", "0"}, {"VE", "58", "0"},  {"ZA", "27", "0"},
};
static_assert(std::ranges::is_sorted(kCountries, {}, &Country::code));

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool IsE164(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number[0] == '+' && number[1] != '0' &&
         IsDigits(number.substr(1));
}

Result<std::string> FromE164(std::string_view typed) {
  std::string number = typed.starts_with('+') ? std::string(typed) : "+" + std::string(typed);
  if (IsE164(number)) return number;
  return Error(ErrorKind::kInvalid, "'{}' is not a phone number with its country code", typed);
}

Result<std::string> FromLocal(std::string_view digits, std::string_view country) {
  const auto* found = std::ranges::find(kCountries, ToUpper(country), &Country::code);
  if (found == std::end(kCountries)) {
    return Error(ErrorKind::kNotFound, "the calling code of country '{}' is not known here",
                 country);
  }
  std::string_view national = digits;
  if (!found->trunk.empty() && national.starts_with(found->trunk))
    national.remove_prefix(found->trunk.size());
  std::string number = "+" + std::string(found->calling) + std::string(national);
  if (IsE164(number)) return number;
  return Error(ErrorKind::kInvalid, "'{}' is not a phone number of country '{}'", digits, country);
}

}  // namespace trunkline::sim
