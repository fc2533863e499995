// What is built in, as far as this cloud understands it (sim/slot_values.h, sim/understanding.h).
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud::lexv2_models {
namespace {

struct BuiltIn {
  std::string_view signature;
  std::string_view description;
};

constexpr BuiltIn kIntents[] = {{"AMAZON.FallbackIntent", "when no other intent fits"}};

constexpr BuiltIn kSlotTypes[] = {{"AMAZON.AlphaNumeric", "letters and digits"},
                                  {"AMAZON.Confirmation", "yes or no"},
                                  {"AMAZON.Date", "a day"},
                                  {"AMAZON.EmailAddress", "an e-mail address"},
                                  {"AMAZON.FreeFormInput", "anything"},
                                  {"AMAZON.Number", "a number"},
                                  {"AMAZON.PhoneNumber", "a phone number"},
                                  {"AMAZON.Time", "a time of day"}};

template <std::size_t N>
json::Array Summaries(const BuiltIn (&rows)[N], std::string_view signature) {
  json::Array summaries;
  for (const BuiltIn& row : rows) {
    json::Object summary{{std::string(signature), row.signature}, {"description", row.description}};
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

Answer<> ListBuiltInIntents(Context&, const json::Object& input) {
  return json::Object{{"builtInIntentSummaries", Summaries(kIntents, "intentSignature")},
                      {"localeId", input.At("localeId")}};
}

Answer<> ListBuiltInSlotTypes(Context&, const json::Object& input) {
  return json::Object{{"builtInSlotTypeSummaries", Summaries(kSlotTypes, "slotTypeSignature")},
                      {"localeId", input.At("localeId")}};
}

constexpr Operation kOperations[] = {
    {.name = "ListBuiltInIntents", .handle = ListBuiltInIntents},
    {.name = "ListBuiltInSlotTypes", .handle = ListBuiltInSlotTypes},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBuiltInOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
