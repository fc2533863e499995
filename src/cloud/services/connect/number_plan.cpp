#include "cloud/services/connect/number_plan.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace trunkline::cloud::connect {
namespace {

struct Country {
  std::string_view code;
  // Calling code; where several countries share one, with the digits that tell them apart.
  std::string_view digits;
};

// ITU-T E.164 assignments, by country.
constexpr Country kCountries[] = {
    {"AD", "376"},      {"AE", "971"},     {"AF", "93"},     {"AG", "1268"},    {"AI", "1264"},
    {"AL", "355"},      {"AM", "374"},     {"AN", "599"},    {"AO", "244"},     {"AQ", "6721"},
    {"AR", "54"},       {"AS", "1684"},    {"AT", "43"},     {"AU", "61"},      {"AW", "297"},
    {"AZ", "994"},      {"BA", "387"},     {"BB", "1246"},   {"BD", "880"},     {"BE", "32"},
    {"BF", "226"},      {"BG", "359"},     {"BH", "973"},    {"BI", "257"},     {"BJ", "229"},
    {"BL", "59059027"}, {"BM", "1441"},    {"BN", "673"},    {"BO", "591"},     {"BR", "55"},
    {"BS", "1242"},     {"BT", "975"},     {"BW", "267"},    {"BY", "375"},     {"BZ", "501"},
    {"CA", "1600"},     {"CC", "6189162"}, {"CD", "243"},    {"CF", "236"},     {"CG", "242"},
    {"CH", "41"},       {"CI", "225"},     {"CK", "682"},    {"CL", "56"},      {"CM", "237"},
    {"CN", "86"},       {"CO", "57"},      {"CR", "506"},    {"CU", "53"},      {"CV", "238"},
    {"CW", "5999"},     {"CX", "6189164"}, {"CY", "357"},    {"CZ", "420"},     {"DE", "49"},
    {"DJ", "253"},      {"DK", "45"},      {"DM", "1767"},   {"DO", "1809"},    {"DZ", "213"},
    {"EC", "593"},      {"EE", "372"},     {"EG", "20"},     {"EH", "2125288"}, {"ER", "291"},
    {"ES", "34"},       {"ET", "251"},     {"FI", "358"},    {"FJ", "679"},     {"FK", "500"},
    {"FM", "691"},      {"FO", "298"},     {"FR", "33"},     {"GA", "241"},     {"GB", "44"},
    {"GD", "1473"},     {"GE", "995"},     {"GG", "441481"}, {"GH", "233"},     {"GI", "350"},
    {"GL", "299"},      {"GM", "220"},     {"GN", "224"},    {"GQ", "240"},     {"GR", "30"},
    {"GT", "502"},      {"GU", "1671"},    {"GW", "245"},    {"GY", "592"},     {"HK", "852"},
    {"HN", "504"},      {"HR", "385"},     {"HT", "509"},    {"HU", "36"},      {"ID", "62"},
    {"IE", "353"},      {"IL", "972"},     {"IM", "441624"}, {"IN", "91"},      {"IO", "246"},
    {"IQ", "964"},      {"IR", "98"},      {"IS", "354"},    {"IT", "39"},      {"JE", "441534"},
    {"JM", "1876"},     {"JO", "962"},     {"JP", "81"},     {"KE", "254"},     {"KG", "996"},
    {"KH", "855"},      {"KI", "686"},     {"KM", "269"},    {"KN", "1869"},    {"KP", "850"},
    {"KR", "82"},       {"KW", "965"},     {"KY", "1345"},   {"KZ", "77"},      {"LA", "856"},
    {"LB", "961"},      {"LC", "1758"},    {"LI", "423"},    {"LK", "94"},      {"LR", "231"},
    {"LS", "266"},      {"LT", "370"},     {"LU", "352"},    {"LV", "371"},     {"LY", "218"},
    {"MA", "212"},      {"MC", "377"},     {"MD", "373"},    {"ME", "382"},     {"MF", "59059087"},
    {"MG", "261"},      {"MH", "692"},     {"MK", "389"},    {"ML", "223"},     {"MM", "95"},
    {"MN", "976"},      {"MO", "853"},     {"MP", "1670"},   {"MR", "222"},     {"MS", "1664"},
    {"MT", "356"},      {"MU", "230"},     {"MV", "960"},    {"MW", "265"},     {"MX", "52"},
    {"MY", "60"},       {"MZ", "258"},     {"NA", "264"},    {"NC", "687"},     {"NE", "227"},
    {"NG", "234"},      {"NI", "505"},     {"NL", "31"},     {"NO", "47"},      {"NP", "977"},
    {"NR", "674"},      {"NU", "683"},     {"NZ", "64"},     {"OM", "968"},     {"PA", "507"},
    {"PE", "51"},       {"PF", "689"},     {"PG", "675"},    {"PH", "63"},      {"PK", "92"},
    {"PL", "48"},       {"PM", "508"},     {"PN", "6493"},   {"PR", "1787"},    {"PT", "351"},
    {"PW", "680"},      {"PY", "595"},     {"QA", "974"},    {"RE", "262"},     {"RO", "40"},
    {"RS", "381"},      {"RU", "7"},       {"RW", "250"},    {"SA", "966"},     {"SB", "677"},
    {"SC", "248"},      {"SD", "249"},     {"SE", "46"},     {"SG", "65"},      {"SH", "290"},
    {"SI", "386"},      {"SJ", "4779"},    {"SK", "421"},    {"SL", "232"},     {"SM", "378"},
    {"SN", "221"},      {"SO", "252"},     {"SR", "597"},    {"ST", "239"},     {"SV", "503"},
    {"SX", "1721"},     {"SY", "963"},     {"SZ", "268"},    {"TC", "1649"},    {"TD", "235"},
    {"TG", "228"},      {"TH", "66"},      {"TJ", "992"},    {"TK", "690"},     {"TL", "670"},
    {"TM", "993"},      {"TN", "216"},     {"TO", "676"},    {"TR", "90"},      {"TT", "1868"},
    {"TV", "688"},      {"TW", "886"},     {"TZ", "255"},    {"UA", "380"},     {"UG", "256"},
    {"US", "1"},        {"UY", "598"},     {"UZ", "998"},    {"VA", "3906698"}, {"VC", "1784"},
    {"VE", "58"},       {"VG", "1284"},    {"VI", "1340"},   {"VN", "84"},      {"VU", "678"},
    {"WF", "681"},      {"WS", "685"},     {"YE", "967"},    {"YT", "262269"},  {"ZA", "27"},
    {"ZM", "260"},      {"ZW", "263"},
};

// Area codes of Canada, which shares +1 with the United States.
constexpr std::string_view kCanada[] = {
    "204", "226", "236", "249", "250", "263", "289", "306", "343", "354", "365",
    "367", "368", "382", "387", "403", "416", "418", "428", "431", "437", "438",
    "450", "468", "474", "506", "514", "519", "548", "579", "581", "584", "587",
    "600", "604", "613", "639", "647", "672", "683", "705", "709", "742", "753",
    "778", "780", "782", "807", "819", "825", "867", "873", "879", "902", "905"};
constexpr std::string_view kCanadaTollFree = "1833555";  // our choice: toll-free codes are shared

constexpr std::array<std::string_view, 7> kTollFreeAreas = {"800", "833", "844", "855",
                                                            "866", "877", "888"};
constexpr std::string_view kUniversal = "800";  // +800 and 8 digits: one number in all countries
constexpr std::size_t kNorthAmericanDigits = 11;
constexpr std::size_t kMinDigits = 8;
constexpr std::size_t kMaxDigits = 15;

bool Contains(auto& list, std::string_view what) {
  return std::ranges::find(list, what) != std::end(list);
}

bool IsNorthAmerican(std::string_view digits) {
  return digits.starts_with('1');
}

const Country* CountryOf(std::string_view digits) {
  const Country* best = nullptr;
  for (const Country& country : kCountries) {
    if (!digits.starts_with(country.digits)) continue;
    if (best == nullptr || country.digits.size() > best->digits.size()) best = &country;
  }
  return best;
}

bool IsCanadian(std::string_view digits) {
  return IsNorthAmerican(digits) &&
         (digits.starts_with(kCanadaTollFree) || Contains(kCanada, digits.substr(1, 3)));
}

bool IsTollFree(std::string_view digits, const Country& country) {
  if (IsNorthAmerican(digits)) return Contains(kTollFreeAreas, digits.substr(1, 3));
  return digits.substr(country.digits.size()).starts_with("800");
}

// What all numbers of a type begin with, without '+'; empty: there are none to offer.
std::string StartOf(const Country& country, std::string_view type) {
  const std::string digits(country.digits);
  if (type == "UIFN") return std::string(kUniversal);
  if (type == "DID") return digits + "555";
  if (type != "TOLL_FREE") return {};
  if (country.code == "CA") return std::string(kCanadaTollFree);
  return IsNorthAmerican(digits) ? "1800555" : digits + "800555";
}

// How many digits a whole number has.
std::size_t LengthOf(const Country& country, std::string_view type) {
  if (type == "UIFN") return kUniversal.size() + 8;
  if (IsNorthAmerican(country.digits)) return kNorthAmericanDigits;
  return std::min(kMaxDigits, country.digits.size() + 10);
}

}  // namespace

std::optional<NumberKind> KindOfNumber(std::string_view number) {
  if (!number.starts_with('+')) return std::nullopt;
  const std::string_view digits = number.substr(1);
  if (digits.size() < kMinDigits || digits.size() > kMaxDigits) return std::nullopt;
  if (digits.starts_with(kUniversal) && digits.size() == kUniversal.size() + 8) {
    return NumberKind{.country = "US", .type = "UIFN"};
  }
  if (IsNorthAmerican(digits) && digits.size() != kNorthAmericanDigits) return std::nullopt;
  const Country* country = CountryOf(digits);
  if (country == nullptr) return std::nullopt;
  return NumberKind{.country = IsCanadian(digits) ? "CA" : std::string(country->code),
                    .type = IsTollFree(digits, *country) ? "TOLL_FREE" : "DID"};
}

NumberOffers::NumberOffers(std::string_view country_code, std::string_view type,
                           std::string_view prefix) {
  const auto country = std::ranges::find(kCountries, country_code, &Country::code);
  if (country == std::end(kCountries)) return;
  const std::string start = StartOf(*country, type);
  const std::size_t length = LengthOf(*country, type);
  if (start.empty() || start.size() >= length) return;
  if (prefix.starts_with('+')) prefix.remove_prefix(1);
  if (prefix.size() >= length) return;

  start_ = start.starts_with(prefix) ? start : std::string(prefix);
  const std::optional<NumberKind> kind =
      KindOfNumber("+" + start_ + std::string(length - start_.size(), '0'));
  // A universal number belongs to no country.
  const bool right =
      kind && kind->type == type && (type == "UIFN" || kind->country == country_code);
  if (!right) return;
  digits_ = length - start_.size();
}

std::optional<std::string> NumberOffers::At(std::uint64_t index) const {
  std::uint64_t range = 1;
  for (std::size_t i = 0; i < digits_; ++i) range *= 10;
  if (empty() || index >= std::min(kCount, range)) return std::nullopt;
  // A step that shares no factor with a power of ten meets every number once.
  constexpr std::uint64_t kStep = 7919;
  constexpr std::uint64_t kFirst = 123;
  return fmt::format("+{}{:0{}}", start_, (kFirst + index * kStep) % range, digits_);
}

}  // namespace trunkline::cloud::connect
