// Facts of single rows of the catalogue, each with what it refuses and what it does not.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "flow/validate.h"

namespace trunkline::flow {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> ProblemsOf(std::string_view type, std::string_view parameters,
                                    std::string_view errors) {
  const std::string text = fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"a","Actions":[{{"Identifier":"a","Type":"{}",
"Parameters":{},"Transitions":{{"NextAction":"z","Conditions":[],"Errors":[{}]}}}},
{{"Identifier":"z","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
      type, parameters, errors);
  return Validate(*ParseContent(text, "CONTACT_FLOW").document, ValidateMode::kObserved).problems;
}

std::vector<std::string> ProblemsOfRedaction(std::string_view member, std::string_view entities) {
  return ProblemsOf(
      "UpdateContactRecordingAndAnalyticsBehavior",
      fmt::format(
          R"({{"ChatBehavior":{{"ChatAnalyticsBehavior":{{"{}":{{"RedactionEntities":{}}}}}}}}})",
          member, entities),
      R"({"NextAction":"z","ErrorType":"NoMatchingError"},
{"NextAction":"z","ErrorType":"ChannelMismatch"},
{"NextAction":"z","ErrorType":"InFlightRedactionConfigurationFailed"})");
}
constexpr std::string_view kAfter = "ConversationalAnalyticsRedactionConfiguration";
constexpr std::string_view kInFlight = "InFlightChatRedactionConfiguration";

TEST(Redaction, NamesEntitiesThatExist) {
  EXPECT_THAT(ProblemsOfRedaction(kAfter, R"(["SSN","IN_AADHAAR"])"), IsEmpty());
  EXPECT_THAT(ProblemsOfRedaction(kAfter, R"(["SHOE_SIZE"])"),
              Contains(HasSubstr("RedactionEntities")));
}

TEST(Redaction, HasFewerEntitiesBeforeDelivery) {
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, R"(["SSN"])"), IsEmpty());
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, R"(["DATE_TIME"])"),
              Contains(HasSubstr("RedactionEntities")));
}

TEST(Redaction, NamesAtLeastOneEntityOrHasNoList) {
  EXPECT_THAT(ProblemsOfRedaction(kAfter, "[]"), Contains(HasSubstr("RedactionEntities")));
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, "[]"), Contains(HasSubstr("RedactionEntities")));
}

std::vector<std::string> ProblemsOfStore(std::string_view validation, std::string_view more) {
  return ProblemsOf(
      "GetParticipantInput",
      fmt::format(R"({{"StoreInput":"True","InputTimeLimitSeconds":"5","InputValidation":{},
"InputEncryption":{{"EncryptionKeyId":"k","Key":"p"}}}})",
                  validation),
      more);
}

TEST(StoredInput, IsEncryptedUnlessItIsAPhoneNumber) {
  constexpr std::string_view kError = R"({"NextAction":"z","ErrorType":"NoMatchingError"})";
  EXPECT_THAT(ProblemsOfStore(R"({"CustomValidation":{"MaximumLength":"16"}})", kError), IsEmpty());
  EXPECT_THAT(
      ProblemsOfStore(
          R"({"PhoneNumberValidation":{"NumberFormat":"E164"}})",
          fmt::format(R"({},{{"NextAction":"z","ErrorType":"InvalidPhoneNumber"}})", kError)),
      Contains(HasSubstr("InputEncryption")));
}

}  // namespace
}  // namespace trunkline::flow
